using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Terminations.Model;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Terminations;

/// <summary>The mails of an account's end, word for word. An account's number names no person.</summary>
internal static class TerminationLetters
{
    public static Letter Confirm(Termination asked, Uri link) => new(
        "Please confirm that your account is to end",
        $"Somebody, probably you, asked us to end the account {asked.Account} and to delete its data.",
        "Because only the owner may end an account, please confirm it. The link opens a page with a button.",
        new Block.Action("End the account", link),
        $"The link works until {Minute(asked.ConfirmBy)}. Afterwards you have {asked.Plan.UndoDays} days to change your mind.",
        "If you did not ask, do nothing: without your confirmation the account goes on.",
        Reference(asked.Id));

    public static Letter NotConfirmed(Termination asked) => new(
        "Your account goes on",
        $"Somebody asked us to end the account {asked.Account}. Nobody confirmed it from this mailbox in time, "
            + "so we could not tell that it was the owner who asked, and did nothing.",
        "If you still want to end the account, simply ask again.",
        Reference(asked.Id));

    public static Letter Terminated(Termination ended, Uri? undo) => new(
        "Your account ends: what happens now",
        [
            ended.By == TerminationBy.Owner
                ? $"You asked us to end the account {ended.Account}. It takes effect today, {Day(ended.Dates!.TerminatedOn)}."
                : $"We have ended the account {ended.Account}. It takes effect on {Day(ended.Dates!.TerminatedOn)}.",
            undo is null
                ? "If you think that this is a mistake, please write to our Data Protection Officer before "
                    + $"the end of {Day(ended.Dates.UndoOn)}."
                : $"If you change your mind, you can undo it until the end of {Day(ended.Dates.UndoOn)}. "
                    + "The link opens a page with a button.",
            .. undo is null ? Array.Empty<Block>() : [new Block.Action("Keep my account", undo)],
            "If you have no other account with us, your sign-in and your profile go with this one.",
            "The data in the account is yours. A further mail brings you the link to a copy of it, "
                + "which you can download until we delete the data.",
            $"From {Day(ended.Dates.PurgeOn)} we delete the data of the account from our active systems, "
                + $"by {Day(ended.Dates.Deadline)} at the latest. From our backups it is gone one month after that.",
            "You get a last mail when everything is gone.",
            Reference(ended.Id),
        ]);

    public static Letter ExportReady(Termination ended, Uri link) => new(
        "The data of your account is ready to download",
        $"A copy of the data in the account {ended.Account} is ready for you.",
        "The link opens a page with a button. It sends a code to this mailbox; with the code you can download the package.",
        new Block.Action("Go to the data", link),
        $"The package is there until {Minute(ended.OfferedUntil!.Value)}. Then it is deleted with the account's data.",
        Reference(ended.Id));

    public static Letter Undone(Termination undone) => new(
        "Your account goes on",
        $"The end of the account {undone.Account} was undone in time. Nothing was deleted but the copy of its data that we had "
            + "made for you.",
        "If you did not do this, please write to our Data Protection Officer.",
        Reference(undone.Id));

    /// <param name="emptied">The case.</param>
    /// <param name="facts">What its chain says was done.</param>
    /// <param name="wasLast">Whether it was the owner's last account.</param>
    public static Letter Emptied(Termination emptied, IReadOnlyList<CaseFact> facts, bool wasLast)
    {
        var items = facts.OfType<TerminationFact.DataSetPurged>().Sum(purged => purged.Items);
        var looked = facts.OfType<TerminationFact.BackupsEmpty>().Last();
        return new(
            "Everything of your account is gone",
            $"The account {emptied.Account} ended on {Day(emptied.Dates!.TerminatedOn)}. This is what we did:",
            $"We deleted its data from our active systems ({Count(items, "item")} when we began). On {Minute(emptied.PurgedAt!.Value)} "
                + "we looked again in every place and found nothing.",
            $"No backup from before that day exists any more: none of ours gets older than {TerminationClock.BackupDays} days. "
                + (facts.OfType<TerminationFact.NumberReused>().Any()
                    ? "The number of the account was given to another one since, so we went by the backups' dates."
                    : $"We opened the one of {Day(looked.Opened)} and found nothing of the account in it."),
            wasLast
                ? "It was your last account with us, so your sign-in and your profile are gone, too. You can ask us at any time to erase "
                    + "what else we hold about you as a person."
                : "Your own sign-in with us, your profile and what we hold about you as a person are not part of the account. "
                    + "You can ask us to erase them at any time.",
            "What you posted in our forum stays unless you ask us to remove it, and what tax law obliges us to keep, such as "
                + "invoices, stays for as long as it says.",
            "We keep a record of these steps, without your address.",
            Reference(emptied.Id));
    }

    /// <param name="stuck">The case.</param>
    /// <param name="left">The data sets that are not gone yet.</param>
    public static Letter Escalation(Termination stuck, IReadOnlyList<string> left) => new(
        "A purge needs your attention",
        $"The data of an ended account is not completely deleted yet, and it must be by {Day(stuck.Dates!.Deadline)}.",
        left.Count == 0
            ? "Each data set of the account was emptied. What is left came since, or is the owner's sign-in and profile."
            : $"What is left of the account: {string.Join(", ", left)}.",
        "Look at the case: a step that is marked as needing attention, or a hold that covers the account. "
            + "The software goes on trying.",
        Reference(stuck.Id));

    public static Letter Deferred(Termination waiting, PurgeForerunner first) => new(
        "A purge waits",
        first == PurgeForerunner.OwnersCopy
            ? "The data of an ended account is due to be deleted, but its owner has not had the time to fetch a copy of it yet."
            : "The data of an ended account is due to be deleted, but an access request of its owner is still to be answered.",
        $"The purge waits for that until {Minute(TerminationDecisions.WaitsUntil(waiting.Instants!))} at the latest. Then it begins all "
            + "the same, so that the promised date is kept.",
        "Look at what is in the way: a step that is marked as needing attention.",
        Reference(waiting.Id));

    public static Letter NumberReused(Termination ended) => new(
        "The number of an ended account is in use again",
        "The company opened another account under the number of one whose data has to be deleted. We destroy nothing that is kept "
            + "under the number, because it may be the new customer's.",
        $"If data of the old account is left, give the new account another number: the deletion then goes on by itself, and it has to "
            + $"be over by {Day(ended.Dates!.Deadline)}.",
        Reference(ended.Id));

    /// <param name="purged">The case.</param>
    /// <param name="sets">The data sets that have something again.</param>
    public static Letter Leftovers(Termination purged, IReadOnlyList<string> sets) => new(
        "Data of an ended account came back",
        $"We searched again after the purge of an ended account, and found data that was written since: {string.Join(", ", sets)}.",
        "We delete it now, and wait once more until it is gone from the backups. Find out what wrote it.",
        Reference(purged.Id));

    public static Letter BackupsLate(Termination purged, DateOnly promised) => new(
        "Backups need your attention",
        $"By {Day(promised)} no backup may hold the data of an ended account any more, and one that may is still there, "
            + "or none could be opened to show that it does not.",
        "Look at the nights: an old backup is deleted only when a newer one is verified. The software goes on looking.",
        Reference(purged.Id));

    private static string Count(long number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");
}
