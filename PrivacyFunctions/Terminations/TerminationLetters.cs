using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Asks the owner whether they asked to close the account. An account's number names no person.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
/// <param name="Until">The link's end, UTC.</param>
/// <param name="UndoDays">How long the owner can change their mind.</param>
/// <param name="Link">Where they confirm it.</param>
internal sealed record TerminationConfirmation(CaseId Reference, AccountId Account, DateTimeOffset Until, int UndoDays, Uri Link)
    : PersonDraft(Reference);

/// <summary>Nobody confirmed it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
internal sealed record TerminationNotConfirmed(CaseId Reference, AccountId Account) : PersonDraft(Reference);

/// <summary>The account ends, and by when everything is gone.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
/// <param name="ByOwner">Whether the owner asked for it, and not the company.</param>
/// <param name="Dates">The dates of the end.</param>
/// <param name="Undo">Where the owner can undo it, if they may.</param>
internal sealed record TerminationBegun(CaseId Reference, AccountId Account, bool ByOwner, TerminationDates Dates, Uri? Undo)
    : PersonDraft(Reference);

/// <summary>A copy of the account's data can be fetched.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Link">Where.</param>
internal sealed record AccountDataReady(CaseId Reference, AccountId Account, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>The end was undone.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
internal sealed record TerminationUndone(CaseId Reference, AccountId Account) : PersonDraft(Reference);

/// <summary>The final notice, with what was done.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
/// <param name="EndedOn">When it ended.</param>
/// <param name="PurgedAt">When its data was gone from the active systems, UTC.</param>
/// <param name="Items">How many items there were when the purge began.</param>
/// <param name="BackupOf">The day of the backup that was opened and searched.</param>
/// <param name="NumberReused">Whether the account's number was given to another one, so that no backup could be searched for it.</param>
/// <param name="WasLast">Whether it was the owner's last account.</param>
internal sealed record AccountEmptied(
    CaseId Reference, AccountId Account, DateOnly EndedOn, DateTimeOffset PurgedAt, long Items, DateOnly BackupOf, bool NumberReused,
    bool WasLast) : PersonDraft(Reference)
{
    public int BackupDays { get; } = TerminationClock.BackupDays;

    /// <param name="emptied">The case.</param>
    /// <param name="facts">What its chain says was done.</param>
    /// <param name="wasLast">Whether it was the owner's last account.</param>
    public static AccountEmptied Of(Termination emptied, IReadOnlyList<CaseFact> facts, bool wasLast) => new(
        emptied.Id, emptied.Account, emptied.Dates!.TerminatedOn, emptied.PurgedAt!.Value,
        facts.OfType<TerminationFact.DataSetPurged>().Sum(purged => purged.Items),
        facts.OfType<TerminationFact.BackupsEmpty>().Last().Opened, facts.OfType<TerminationFact.NumberReused>().Any(), wasLast);
}

/// <summary>No mail tells the owner how the end of their account stands.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Account">The account.</param>
/// <param name="Told">What they were to be told: the name of the mail.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, there is none, or no mail reaches it.</param>
internal sealed record CannotTellOwner(CaseId? Reference, AccountId Account, string Told, bool MailboxChanged) : OfficerDraft(Reference);

/// <summary>The data of an ended account is not completely deleted yet, and its time runs out.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Deadline">When it must be.</param>
/// <param name="Left">The data sets that are not gone yet.</param>
internal sealed record PurgeStuck(CaseId? Reference, DateOnly Deadline, IReadOnlyList<string> Left) : OfficerDraft(Reference);

/// <summary>A purge waits for what goes before it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="First">What goes before it.</param>
/// <param name="Until">When it begins all the same, UTC.</param>
internal sealed record PurgeDeferred(CaseId? Reference, PurgeForerunner First, DateTimeOffset Until) : OfficerDraft(Reference);

/// <summary>The company opened another account under the number of one that ended.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Deadline">When the data of the old one must be gone.</param>
internal sealed record NumberReused(CaseId? Reference, DateOnly Deadline) : OfficerDraft(Reference);

/// <summary>Data of an ended account was written after it had been deleted.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Sets">The data sets that have something again.</param>
internal sealed record DataCameBack(CaseId? Reference, IReadOnlyList<string> Sets) : OfficerDraft(Reference);

/// <summary>A backup that may hold data of an ended account stays for longer than promised.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Promised">By when none was to hold it.</param>
internal sealed record BackupsLate(CaseId? Reference, DateOnly Promised) : OfficerDraft(Reference);

/// <summary>An operator entered the end of an account, and a second one has to agree.</summary>
/// <param name="Account">The account.</param>
/// <param name="Undoable">Whether its owner is to be able to undo the end.</param>
/// <param name="Until">Until when, UTC.</param>
internal sealed record EndNeedsSecond(AccountId Account, bool Undoable, DateTimeOffset Until) : OfficerDraft;
