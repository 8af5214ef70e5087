using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Pages;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The mails that only an access request sends.</summary>
internal static class AccessLetters
{
    public static Letter ExportReady(SubjectRequest request, Uri link) => new(
        "Your personal data is ready",
        "The copy of your personal data and the information about it are ready for you.",
        "The link opens a page with a button. It sends a code to this mailbox; with the code you can download the package.",
        new Block.Action("Go to your data", link),
        $"The package is there until {Minute(request.OfferedUntil!.Value)}. "
            + "Then we delete it; you can ask for a new one at any time, free of charge.",
        Rights.Complaint,
        Reference(request.Id));
}
