using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Sweeps;

/// <summary>What a sweep's orchestration knows from its start. Fields are only added, with <see cref="Version"/> to branch on.</summary>
/// <param name="Day">The legal day, UTC.</param>
internal sealed record SweepInput(string Version, DateOnly Day)
{
    public const string CurrentVersion = WorkflowVersion.Current;

    /// <summary>The name of a day's sweep, which is its instance id.</summary>
    public static string InstanceOf(DateOnly day) => FormattableString.Invariant($"retention-{day:yyyyMMdd}");
}

/// <summary>What the orchestration of one data set knows.</summary>
/// <param name="Round">How often it began a new history.</param>
internal sealed record SweepSetInput(string Version, SweepStep Step, int Round = 0);

/// <summary>A data set on a day.</summary>
internal sealed record SweepStep(DateOnly Day, string DataSet);

/// <summary>The sweep of a day.</summary>
internal sealed record SweepDay(DateOnly Day);

/// <summary>What the sweep goes through.</summary>
internal sealed record SweepList(IReadOnlyList<string> DataSets);

/// <summary>How far a data set is.</summary>
internal sealed record SweptPart(bool IsMore);
