using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>An objection to direct marketing was carried out.</summary>
/// <param name="Reference">The case.</param>
internal sealed record MarketingStopped(CaseId Reference) : PersonDraft(Reference), IFirstLetter
{
    /// <inheritdoc/>
    public required Uri Receipt { get; init; }

    /// <summary>How it came, if an operator entered it.</summary>
    public Came? Came { get; init; }
}
