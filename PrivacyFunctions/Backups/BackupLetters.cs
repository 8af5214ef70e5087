using PrivacyFunctions.Mail;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Backups;

/// <summary>What the Data Protection Officer is told about the backups. No personal data: dates, and a step's name.</summary>
internal static class BackupLetters
{
    private const string TriesAgain = "The software tries again every night. Somebody who runs it has to look at what is in the way.";

    private const string OldOnesStay =
        "Old backups are deleted only when a newer one is verified. Without one, data of ended accounts stays in them for longer "
            + "than promised.";

    public static Letter Failed(FailedNight failed) => failed.Step == nameof(DeleteOldBackups)
        ? new(
            "Old backups cannot be deleted",
            $"In the night of {Day(failed.Night)} a backup whose time is over could not be deleted, or one could not be read. "
                + "The ledger of the backups shows which. The others were dealt with.",
            "As long as it is there, it may hold data of accounts that have ended.",
            TriesAgain,
            Step(failed))
        : new(
            "A nightly backup failed",
            $"The backup of {Day(failed.Night)} could not be made, or could not be read back.",
            OldOnesStay,
            TriesAgain,
            Step(failed));

    public static Letter NoneSince(DateOnly newest) => new(
        "There has been no backup for two days or more",
        $"No backup that was begun after {Day(newest)} has been verified.",
        OldOnesStay,
        TriesAgain);

    public static Letter NotOver(DateOnly night) => new(
        "A nightly backup takes too long",
        $"The backup of {Day(night)} was not over when the next night began. It may still be under way, or stand still.",
        OldOnesStay,
        "Somebody who runs the software has to look at it.");

    private static string Step(FailedNight failed) => $"Step: {failed.Step}";
}
