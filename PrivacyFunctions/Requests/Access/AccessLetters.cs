using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Web;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The mails that only an access request sends.</summary>
internal static class AccessLetters
{
    public static Letter ExportReady(AccessRequest request, Uri link) => new(
        "Your personal data is ready",
        "The copy of your personal data and the information about it are ready for you.",
        "The link opens a page with a button. It sends a code to this mailbox; with the code you can download the package.",
        new Block.Action("Go to your data", link),
        $"The package is there until {Minute(request.OfferedUntil!.Value)}. "
            + "Then we delete it; you can ask for a new one at any time, free of charge.",
        Rights.Complaint,
        Reference(request.Id));

    public static Letter ExportGone(AccessRequest request, Uri site) => new(
        "We could not tell you in time that your data was ready",
        "The copy of your personal data was ready for you, but our mails did not go out.",
        $"We keep such a copy until a fixed time and no longer. It was {Minute(request.OfferedUntil!.Value)}, so we have deleted it. "
            + "We are sorry. Please ask for it again; we answer as soon as we can, free of charge.",
        new Block.Action("Ask again", site),
        Rights.Complaint,
        Reference(request.Id));
}
