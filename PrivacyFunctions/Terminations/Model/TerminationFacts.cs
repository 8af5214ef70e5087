using System.Text.Json.Serialization;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Cases.Model;

/// <content>What happens to the termination of an account.</content>
public abstract partial record CaseFact
{
    /// <summary>Somebody asked to end an account.</summary>
    /// <param name="By">The owner, or the company.</param>
    /// <param name="Account">Which account.</param>
    /// <param name="Channel">How: "form", "api" or "operator".</param>
    /// <param name="SubjectCommitment">SHA-256 over a salt and the owner's address, in hexadecimal; null if none is known.</param>
    public sealed record TerminationRequested(
        TerminationBy By, AccountId Account, string Channel, string? SubjectCommitment) : CaseFact;

    /// <summary>It took effect: the owner confirmed, or the company decided. The clock of L8 starts.</summary>
    public sealed record Terminated(TerminationDates Dates, TerminationInstants Instants) : CaseFact
    {
        /// <summary>When the account was opened, UTC: what has another date is another account of that number. Null if not known.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? AccountSince { get; init; }
    }

    /// <summary>Who confirmed does not own the account.</summary>
    public sealed record OwnershipRefused : CaseFact;

    /// <summary>It was undone in time: the account goes on.</summary>
    public sealed record TerminationUndone : CaseFact;

    /// <summary>The time to undo is over, by itself or because the owner's erasure request ended it.</summary>
    /// <param name="Erasure">The erasure request that ended it; null when the window simply passed.</param>
    public sealed record UndoOver(CaseId? Erasure) : CaseFact;

    /// <summary>The destruction of the account's data begins; the ledger was written before.</summary>
    public sealed record PurgeBegun : CaseFact;

    /// <summary>Nothing of one data set is left, and how many items the ledger had counted before.</summary>
    public sealed record DataSetPurged(string DataSet, long Items) : CaseFact;

    /// <summary>A hold keeps one data set from its purge.</summary>
    /// <param name="DataSet">Which.</param>
    /// <param name="Ground">Why.</param>
    /// <param name="Owner">Who answers for the hold.</param>
    /// <param name="ReviewOn">When it is looked at again.</param>
    public sealed record DataSetHeld(string DataSet, string Ground, string Owner, DateOnly ReviewOn) : CaseFact;

    /// <summary>The purge is not finished and its deadline is near: people were told.</summary>
    public sealed record PurgeEscalated(DateOnly Deadline) : CaseFact;

    /// <summary>The re-scan found nothing of the account in the active database.</summary>
    public sealed record Purged(DateTimeOffset At) : CaseFact;

    /// <summary>The purge waits for something that goes before it, until that legal instant at the latest.</summary>
    public sealed record PurgeDeferred(PurgeForerunner For, DateTimeOffset Until) : CaseFact;

    /// <summary>
    /// The company opened another account under the number: nothing that is kept under it is destroyed, because nobody can tell
    /// whose it is.
    /// </summary>
    /// <param name="Since">When it was opened, UTC; null if that cannot be read.</param>
    public sealed record NumberReused(DateTimeOffset? Since) : CaseFact;

    /// <summary>A later search of the active database found nothing of the account.</summary>
    public sealed record NothingCameBack : CaseFact;

    /// <summary>A later search found items that were written after the purge: they are purged again.</summary>
    public sealed record LeftoversFound(string DataSet, long Items) : CaseFact;

    /// <summary>No backup from before the purge is left; one was opened and held nothing of the account.</summary>
    /// <param name="Opened">The birth date of the backup that was opened.</param>
    /// <param name="Manifest">SHA-256 of its manifest.</param>
    public sealed record BackupsEmpty(DateOnly Opened, string Manifest) : CaseFact;
}
