using System.Text.Json.Serialization;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What a termination's orchestration knows from its start: ids and policy. Waiting instances keep the shape they were
/// started with, so fields are only added, with <see cref="Version"/> to branch on.
/// </summary>
internal sealed record TerminationInput(CaseId CaseId, string Version, LegalClock Clock, TerminationBy By, DateTimeOffset ConfirmBy)
{
    /// <summary>The version that new cases start with.</summary>
    public const string CurrentVersion = WorkflowVersion.Current;

    /// <summary>How often the workflow had begun before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    public static TerminationInput For(Case @case) => @case is Termination asked
        ? new(asked.Id, CurrentVersion, asked.Plan.Clock, asked.By, asked.ConfirmBy) { Restarts = asked.Restarts }
        : throw new ArgumentException("It is no termination.", nameof(@case));
}

/// <summary>What the purge of an account, a stage with waits of its own, knows from its start.</summary>
internal sealed record PurgeInput(CaseId CaseId, string Version, LegalClock Clock)
{
    /// <summary>The data sets with which it goes on; null at the beginning of a look.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyList<string>? Left { get; init; }

    /// <summary>How often it began a new history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Round { get; init; }
}

/// <summary>The data sets that go with an account.</summary>
internal sealed record PurgedSets(IReadOnlyList<string> DataSets)
{
    /// <summary>Those that go when the others are gone.</summary>
    public IReadOnlyList<string> AtLast { get; init; } = [];
}

/// <summary>One data set of one account.</summary>
internal sealed record PurgeStep(CaseId CaseId, string DataSet)
{
    /// <summary>Which later search found what is to be purged; 0 for the account's own purge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Search { get; init; }

    /// <summary>What tells this purge from the account's own one in the ledger; null for that.</summary>
    [JsonIgnore]
    public string? Plan => Search == 0 ? null : $"search-{Search}";
}

/// <summary>A later search of the active database.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Search">Which one.</param>
internal sealed record RescanStep(CaseId CaseId, int Search);

/// <summary>When the active database was last found empty; legal time, UTC.</summary>
internal sealed record PurgeEnd(DateTimeOffset At);

/// <summary>How far the purge of a data set came.</summary>
/// <param name="More">Whether another call goes on; batches are small, so that none runs for long.</param>
internal sealed record PurgedPart(bool More)
{
    /// <summary>Whether a hold keeps what is left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Held { get; init; }
}

/// <summary>What the re-scan of the active database found.</summary>
internal enum PurgeRest
{
    /// <summary>Nothing: the account is gone.</summary>
    Nothing,

    /// <summary>Only what a hold protects.</summary>
    Held,

    /// <summary>Items that came while the purge ran.</summary>
    Items,
}

/// <summary>When the backups can be looked into; legal time, UTC.</summary>
internal sealed record BackupsCheck(DateTimeOffset At);
