using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations.Model;

/// <summary>Who ends an account.</summary>
public enum TerminationBy
{
    /// <summary>Its owner, who has to confirm by mail.</summary>
    Owner,

    /// <summary>The company, by one of its operators; it takes effect at once.</summary>
    Company,
}

/// <summary>Where a termination stands. Numbers of published members stay: histories hold them.</summary>
public enum TerminationStatus
{
    /// <summary>Asked for; the owner has not confirmed yet.</summary>
    AwaitingConfirmation,

    /// <summary>It took effect, and can still be undone.</summary>
    Undoable,

    /// <summary>It cannot be undone any more; the data waits for its purge.</summary>
    AwaitingPurge,

    /// <summary>The account's data is being destroyed.</summary>
    Purging,

    /// <summary>The active database holds nothing of it; the backups' month runs.</summary>
    AwaitingBackups,

    /// <summary>The backups hold nothing of it either; its owner is being told.</summary>
    Emptied,

    /// <summary>It was undone in time; its owner is being told.</summary>
    Undone,

    /// <summary>Nobody confirmed in time; whoever asked is being told.</summary>
    NotConfirmed,

    /// <summary>Nothing more will happen.</summary>
    Closed,
}

/// <summary>What goes before the purge of an account, if it can be done in time.</summary>
public enum PurgeForerunner
{
    /// <summary>The copy of the account's data for its owner, who has to have time to fetch it (T-EXPORT).</summary>
    OwnersCopy,

    /// <summary>A request of the owner for their data that is not answered yet (R-ACCESS, R-PORT). Its name stands in audit chains.</summary>
    AccessRequest,
}

/// <summary>The policy that applies to one termination, fixed when it was entered.</summary>
/// <param name="Clock">The legal clock.</param>
/// <param name="ConfirmationWindow">How long the owner's link works, in legal time.</param>
/// <param name="UndoDays">How long it can be undone.</param>
public sealed record TerminationPlan(LegalClock Clock, TimeSpan ConfirmationWindow, int UndoDays)
{
    /// <summary>
    /// For how long the customer can fetch the data before a quarterly cleanup counts (Regulation (EU) 2023/2854 art. 25(2)(g)).
    /// A case that was entered before there was this rule, and takes effect under it, gets the 30 days of the Regulation.
    /// </summary>
    public int RetrievalDays { get; init; } = 30;
}

/// <summary>What the dates of L8 are as instants: local midnights of the legal time zone, UTC.</summary>
/// <param name="UndoUntil">From then on it cannot be undone.</param>
/// <param name="PurgeFrom">The purge's start instant; the quarterly cleanup wakes from here on.</param>
/// <param name="PurgeBy">From then on the promise would be broken.</param>
public sealed record TerminationInstants(DateTimeOffset UndoUntil, DateTimeOffset PurgeFrom, DateTimeOffset PurgeBy);

/// <summary>The state of one account's termination (T-ACTIVE, T-BACKUP, T-EXPORT; rule L8).</summary>
public sealed record Termination : Case
{
    /// <summary>When the active database is searched for the last time, after its purge.</summary>
    public static readonly TimeSpan LastSearch = TimeSpan.FromDays(35);

    /// <summary>Which account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Who ends it.</summary>
    public required TerminationBy By { get; init; }

    /// <summary>The policy that applies to it.</summary>
    public required TerminationPlan Plan { get; init; }

    /// <summary>Whether the owner can undo it by link; else only an operator can.</summary>
    public bool OwnerMayUndo { get; init; } = true;

    /// <summary>Where it stands.</summary>
    public TerminationStatus Status { get; init; } = TerminationStatus.AwaitingConfirmation;

    /// <summary>Its dates, once it took effect.</summary>
    public TerminationDates? Dates { get; init; }

    /// <summary>Its dates as instants, once it took effect.</summary>
    public TerminationInstants? Instants { get; init; }

    /// <summary>When the account was opened, UTC, as it stood when its end took effect; null if that is not known.</summary>
    public DateTimeOffset? AccountSince { get; init; }

    /// <summary>When the last re-scan found the active database empty.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>It took effect, and the account's data is still there.</summary>
    [JsonIgnore]
    public bool HasItsData => Status is TerminationStatus.Undoable or TerminationStatus.AwaitingPurge;

    /// <summary>Its purge has begun: nothing of the account may be destroyed before.</summary>
    [JsonIgnore]
    public bool PurgeHasBegun =>
        Status is TerminationStatus.Purging or TerminationStatus.AwaitingBackups or TerminationStatus.Emptied
        || Outcome == CaseOutcome.Purged;

    /// <summary>Until when the owner's link confirms.</summary>
    public DateTimeOffset ConfirmBy => ReceivedAt + Plan.ConfirmationWindow;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsClosed => Status == TerminationStatus.Closed;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Standing => Status.ToString();

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? DueOn => Status switch
    {
        TerminationStatus.Undoable or TerminationStatus.AwaitingPurge or TerminationStatus.Purging => Dates!.Deadline,
        TerminationStatus.AwaitingBackups => TerminationClock.BackupsGoneBy(DateOnly.FromDateTime(PurgedAt!.Value.UtcDateTime)),
        _ => null,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateTimeOffset? GoesOnAt => Status switch
    {
        TerminationStatus.AwaitingConfirmation => ConfirmBy,
        TerminationStatus.Undoable => Instants!.UndoUntil,
        TerminationStatus.AwaitingPurge => TerminationDecisions.WaitsUntil(Instants!),
        TerminationStatus.AwaitingBackups => PurgedAt + TimeSpan.FromDays(TerminationClock.BackupDays + 1),
        TerminationStatus.Emptied => PurgedAt + LastSearch,
        _ => null,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => Status == TerminationStatus.AwaitingConfirmation; // then its owner has decided

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool EscalatesItself => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<(string Name, DateOnly Day)> ListedDays =>
        Dates is null ? [] : [("purgeOn", Dates.PurgeOn), ("deadline", Dates.Deadline)];

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAtWork => Status is TerminationStatus.Undone or TerminationStatus.NotConfirmed;

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        TerminationFact.Terminated taken => this with
        {
            Status = TerminationStatus.Undoable, Dates = taken.Dates, Instants = taken.Instants, AccountSince = taken.AccountSince,
        },
        TerminationFact.UndoOver => this with { Status = TerminationStatus.AwaitingPurge },
        TerminationFact.PurgeBegun or TerminationFact.LeftoversFound => this with { Status = TerminationStatus.Purging },
        TerminationFact.TerminationUndone => this with { Status = TerminationStatus.Undone },
        CaseFact.NotIdentified => this with { Status = TerminationStatus.NotConfirmed },
        TerminationFact.BackupsEmpty => this with { Status = TerminationStatus.Emptied },
        TerminationFact.Purged purged => this with { Status = TerminationStatus.AwaitingBackups, PurgedAt = purged.At },
        CaseFact.Closed => this with { Status = TerminationStatus.Closed },
        _ => this,
    };
}
