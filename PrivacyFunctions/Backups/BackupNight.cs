using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Backups;

/// <summary>
/// What a night's orchestration knows from its start. Fields are only added, with <see cref="Version"/> to branch on.
/// </summary>
/// <param name="Night">The legal date, UTC: the backup's folder and its row in the ledger.</param>
internal sealed record BackupInput(string Version, DateOnly Night)
{
    /// <summary>The version that new nights start with.</summary>
    public const string CurrentVersion = WorkflowVersion.Current;

    public static string InstanceOf(DateOnly night) => $"backup-{BackupLayout.NameOf(night)}";
}

/// <summary>A step of a night.</summary>
internal sealed record NightStep(DateOnly Night);

/// <summary>A part of a night's step.</summary>
/// <param name="Number">Which: a number that the step gave, or 0.</param>
internal sealed record NightPart(DateOnly Night, int Number);

/// <summary>What a part of a night's step came to.</summary>
/// <param name="Number">The part to go on with; null when the step is done.</param>
internal sealed record NextPart(int? Number)
{
    public static NextPart None { get; } = new((int?)null);
}

/// <summary>What the orchestration of a step in parts knows.</summary>
/// <param name="Activity">The step.</param>
/// <param name="Part">The part to go on with.</param>
internal sealed record PartsInput(string Version, DateOnly Night, string Activity, int Part = 0);

/// <summary>A step of a night that failed for good.</summary>
internal sealed record FailedNight(DateOnly Night, string Step);

/// <summary>Sizes for the log; a history keeps no keys.</summary>
internal sealed record BackupSize(int Chunks, long Rows, long Bytes);
