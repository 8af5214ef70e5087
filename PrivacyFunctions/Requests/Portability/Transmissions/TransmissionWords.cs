using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>What people read about transmissions besides the two pages with their forms.</summary>
internal static class TransmissionWords
{
    public const string NotComplete = "Something about the company is missing or wrong";
    public const string NoAddress = "Enter the company's e-mail address, for example name@example.com.";
    public const string NotTheSame = "Enter the same e-mail address once more. The two are not the same.";

    public static readonly string NameIt = $"Enter the company's name, in at most {TypedController.NameLimits.Most} characters.";

    public static string WhyNotTo(MailboxBar bar) => bar is MailboxBar.ThePersons
        ? "This is your own mailbox. You can download the package yourself. Enter the other company's e-mail address."
        : "This is our own e-mail address. Enter the other company's.";

    public static Notice Sent(OtherController to, string token) => new(
        "We have sent the company the link", $"The link went to {to.Address.Value} ({to.Name}).",
        "We tell you by mail when the package was downloaded there, or at the end if it was not.")
    {
        Next = Back(token),
    };

    public static Notice SentLater(OtherController to, string token) => new(
        "We will send the company the link", $"It goes to {to.Address.Value} ({to.Name}). Our mail provider does not take mails at the moment, so it may take a while.",
        "There is nothing left for you to do. We tell you by mail when the package was downloaded there, or at the end if it was not.")
    {
        Next = Back(token),
    };

    public static Notice NoMailbox(OtherController to, string token) => new(
        "No mail reaches this address", $"Our mail provider refuses {to.Address.Value} for good, so nothing was sent. Please ask the company for the right address.")
    {
        Next = Back(token),
    };

    public static Notice NoMore(string token) => new(
        "You have named enough companies", $"We send the package of one request to at most {TransmissionDecisions.Most}. You can ask for your data again, and name others then.")
    {
        Next = Back(token),
    };

    /// <summary>For the other controller, whose link is too old, or whose package is gone.</summary>
    public static Notice Over { get; } = new(
        "This link has ended", "We keep such a package for a limited time and then delete it. Nobody can download it any more.",
        "If you still need the data, the person can ask us for it again. There is nothing left to do here.");

    /// <summary>For whoever has a link that is none.</summary>
    public static Notice Broken { get; } = new(
        "This link does not work", "Perhaps a part of it was lost. Please copy the whole link from our mail into your browser's address line.");

    private static NextLink Back(string token) => new("See which companies you have named", TransmissionLinks.PathToAsk(token));
}
