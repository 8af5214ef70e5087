using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>What somebody wrote in a form.</summary>
/// <param name="Words">Their words.</param>
/// <param name="About">The request of theirs that they say it is about; whether there is such a one is not known.</param>
internal sealed record Statement(string Words, CaseId? About)
{
    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(statement)";
}

/// <summary>What somebody wrote, as it is kept.</summary>
/// <param name="From">The case with which it came.</param>
/// <param name="At">When, legal time, UTC.</param>
/// <param name="Said">What they wrote.</param>
internal sealed record KeptStatement(CaseId From, DateTimeOffset At, Statement Said);
