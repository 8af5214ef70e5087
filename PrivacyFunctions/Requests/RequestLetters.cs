using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Requests;

/// <summary>The mails of every kind of request, until the mailbox is proven.</summary>
internal static class RequestLetters
{
    public static Letter Confirm(SubjectRequest request, ProofWords words, Uri link)
    {
        return new(
            words.ConfirmSubject,
            $"Somebody, probably you, asked us {words.AskedFor}.",
            words.WhyConfirm,
            new Block.Action("Confirm the request", link),
            $"The link works until {Minute(request.ConfirmBy)}. "
                + $"Once you have confirmed, we answer by {Day(request.Due.On)} at the latest. It costs you nothing.",
            words.IfNotYou,
            Reference(request.Id));
    }

    public static Letter NotIdentified(SubjectRequest request, ProofWords words, Uri link)
    {
        return new(
            $"We could not identify you, so your request {words.Topic} rests",
            $"You, or somebody who gave your address, asked us {words.AskedFor}. "
                + "We could not identify you as the person whose data it is, because nobody "
                + $"confirmed the request from this mailbox in time. {words.WithoutProof} (GDPR art. 11(2) and 12(2)).",
            $"You can resume the request until {Minute(request.ResumeBy)}: open the link and press the button. "
                + "You do not have to give your details again.",
            new Block.Action("Resume the request", link),
            "Later you can ask again at any time, free of charge.",
            Rights.Complaint,
            Reference(request.Id));
    }
}
