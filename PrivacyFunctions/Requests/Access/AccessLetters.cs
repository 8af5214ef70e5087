using System.Globalization;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The mails of an access request, word for word.</summary>
internal static class AccessLetters
{
    public static Letter Confirm(Case @case, Uri link) => new(
        "Please confirm your request for your personal data",
        "Somebody, probably you, asked us for a copy of the personal data that we hold about the owner of this mailbox.",
        "Because the data goes to nobody but you, please confirm that you asked. The link opens a page with a button.",
        new Block.Action("Confirm the request", link),
        $"The link works until {Minute(@case.ConfirmBy)}. "
            + $"Once you have confirmed, we answer by {Day(@case.Due.On)} at the latest. It costs you nothing.",
        "If you did not ask, do nothing: without your confirmation nobody receives anything.",
        Reference(@case));

    public static Letter NotIdentified(Case @case, Uri link) => new(
        "We could not identify you, so your request for your data rests",
        "You, or somebody who gave your address, asked us for a copy of personal data. "
            + "We could not identify you as the person whose data it is, because nobody "
            + "confirmed the request from this mailbox in time. Without that we must not give "
            + "data to anybody (GDPR art. 11(2) and 12(2)).",
        $"You can resume the request until {Minute(@case.ResumeBy)}: open the link and press the button. "
            + "You do not have to give your details again.",
        new Block.Action("Resume the request", link),
        "Later you can ask again at any time, free of charge.",
        Rights.Complaint,
        Reference(@case));

    public static Letter ExportReady(Case @case, Uri link) => new(
        "Your personal data is ready",
        "The copy of your personal data and the information about it are ready for you.",
        "The link opens a page with a button. It sends a code to this mailbox; with the code you can download the package.",
        new Block.Action("Go to your data", link),
        $"The package is there until {Minute(@case.OfferedUntil!.Value)}. "
            + "Then we delete it; you can ask for a new one at any time, free of charge.",
        Rights.Complaint,
        Reference(@case));

    public static Letter Code(Case @case, string code, int minutes) => new(
        "Your code for the download",
        "This is the code that opens the download of your data:",
        new Block.Code(code),
        string.Create(CultureInfo.InvariantCulture, $"It works for {minutes} minutes. We never ask for it by telephone or mail."),
        "If you did not ask for a code, somebody else may have the link from our mail. "
            + "Do not pass the code on: the data stays closed without it.",
        Reference(@case));

    private static string Reference(Case @case) => $"Reference: {@case.Id}";

    // To the minute, because what ends on a day does not last until its evening.
    private static string Minute(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
