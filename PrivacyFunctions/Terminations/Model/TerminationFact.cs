using System.Text.Json.Serialization;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Terminations.Model;

/// <summary>What happens to the termination of an account.</summary>
public abstract record TerminationFact : CaseFact
{
    private TerminationFact()
    {
    }

    /// <summary>Somebody asked to end an account.</summary>
    /// <param name="By">The owner, or the company.</param>
    /// <param name="Account">Which account.</param>
    /// <param name="Channel">How: "form", "api" or "operator".</param>
    /// <param name="SubjectCommitment">SHA-256 over a salt and the owner's address, in hexadecimal; null if none is known.</param>
    [FactName("termination-requested")]
    public sealed record TerminationRequested(
        TerminationBy By, AccountId Account, string Channel, string? SubjectCommitment) : TerminationFact
    {
        /// <summary>Who entered it first, where a second operator agreed; null where one was enough.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? EnteredFirstBy { get; init; }
    }

    /// <summary>It took effect: the owner confirmed, or the company decided. The clock of L8 starts.</summary>
    [FactName("terminated")]
    public sealed record Terminated(TerminationDates Dates, TerminationInstants Instants) : TerminationFact
    {
        /// <summary>When the account was opened, UTC: what has another date is another account of that number. Null if not known.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? AccountSince { get; init; }
    }

    /// <summary>Who confirmed does not own the account.</summary>
    [FactName("ownership-refused")]
    public sealed record OwnershipRefused : TerminationFact;

    /// <summary>It was undone in time: the account goes on.</summary>
    [FactName("termination-undone")]
    public sealed record TerminationUndone : TerminationFact;

    /// <summary>The time to undo is over, by itself or because the owner's erasure request ended it.</summary>
    /// <param name="Erasure">The erasure request that ended it; null when the window simply passed.</param>
    [FactName("undo-over")]
    public sealed record UndoOver(CaseId? Erasure) : TerminationFact;

    /// <summary>The destruction of the account's data begins; the ledger was written before.</summary>
    [FactName("purge-begun")]
    public sealed record PurgeBegun : TerminationFact;

    /// <summary>Nothing of one data set is left, and how many items the ledger had counted before.</summary>
    [FactName("data-set-purged")]
    public sealed record DataSetPurged(string DataSet, long Items) : TerminationFact;

    /// <summary>The purge is not finished and its deadline is near: people were told.</summary>
    [FactName("purge-escalated")]
    public sealed record PurgeEscalated(DateOnly Deadline) : TerminationFact;

    /// <summary>The re-scan found nothing of the account in the active database.</summary>
    [FactName("purged")]
    public sealed record Purged(DateTimeOffset At) : TerminationFact;

    /// <summary>The purge waits for something that goes before it, until that legal instant at the latest.</summary>
    [FactName("purge-deferred")]
    public sealed record PurgeDeferred(PurgeForerunner For, DateTimeOffset Until) : TerminationFact;

    /// <summary>
    /// The company opened another account under the number: nothing that is kept under it is destroyed, because nobody can tell
    /// whose it is.
    /// </summary>
    /// <param name="Since">When it was opened, UTC; null if that cannot be read.</param>
    [FactName("number-reused")]
    public sealed record NumberReused(DateTimeOffset? Since) : TerminationFact;

    /// <summary>A later search of the active database found nothing of the account.</summary>
    [FactName("nothing-came-back")]
    public sealed record NothingCameBack : TerminationFact;

    /// <summary>A later search found items that were written after the purge: they are purged again.</summary>
    [FactName("leftovers-found")]
    public sealed record LeftoversFound(string DataSet, long Items) : TerminationFact;

    /// <summary>No backup from before the purge is left; one was opened and held nothing of the account.</summary>
    /// <param name="Opened">The birth date of the backup that was opened.</param>
    /// <param name="Manifest">SHA-256 of its manifest.</param>
    [FactName("backups-empty")]
    public sealed record BackupsEmpty(DateOnly Opened, string Manifest) : TerminationFact;
}
