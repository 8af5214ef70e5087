using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// Tells the owner of a mailbox of what was asked with their sign-in, before anything of it is done: a session can be stolen, a mailbox is another
/// lock.
/// </summary>
internal sealed class SignedInMails(RequestKinds kinds, ReceiptDesk receipts, MailOrNote mail)
{
    /// <summary>Tells them, once, if a sign-in proved it.</summary>
    public async Task TellAsync(SubjectRequest asked, CancellationToken cancellation)
    {
        if (asked.Proof != Proofs.SignIn || asked.IsClosed) return;
        await mail.SendAsync(
            asked.Id, "asked-signed-in",
            new AskedSignedIn(asked.Id, kinds.ProofOf(asked.Kind), asked.Due.On) { Receipt = await receipts.LinkAsync(asked, cancellation) }, cancellation);
    }
}
