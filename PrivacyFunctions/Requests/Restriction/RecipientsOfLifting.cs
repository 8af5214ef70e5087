using PrivacyFunctions.Cases;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Has the recipients of data told that its restriction is over, as far as nothing else restricts it. We write to those that were told of it; of a
/// mailbox that may be somebody else's by now we write to nobody.
/// </summary>
internal sealed class RecipientsOfLifting(
    Contacts contacts, MailboxOwners owners, PersonHolds holds, RestrictingRights rights, Notices notices, RecipientDesk recipients,
    OfficerMails officer)
{
    /// <summary>Does so; a repetition changes nothing.</summary>
    public async Task TellAsync(RestrictedRequest lifted, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(lifted.Id, cancellation);
        var who = await owners.LocateAsync(contact.Address, lifted.Id, cancellation);
        // Whoever was not told of it, or has no data of the person, has nothing to lift. Of a case without notices nobody knows who was told.
        var begun = (await notices.OfAsync(lifted.Id, cancellation)).Where(act => act.Act is RecipientAct.Restricted or RecipientAct.Stopped).ToList();
        var knowing = begun.SelectMany(act => act.Notices).Where(notice => notice is { ToldOn: not null, Answer: not NoticeAnswer.NothingHeld })
            .Select(notice => notice.Recipient).ToHashSet();
        var free = await holds.FreeOfOthersAsync(contact.Address, lifted.Holds, rights.Of(lifted.Kind).SetsOf(lifted), cancellation);
        var told = await recipients.TellAsync(
            lifted.Id, RecipientAct.Lifted, free,
            new([.. who?.Addresses ?? [contact.Address]], recipient => who is not null && knowing.Contains(recipient.Id))
            {
                IsMeant = recipient => begun.Count == 0 || knowing.Contains(recipient.Id), EndsEarlier = begun.Count > 0,
            },
            cancellation);
        if (told.ByHand.Count > 0)
            await officer.TellOnceAsync(
                lifted.Id, "recipients-of-lifting", new TellRecipientsOfLifting(lifted.Id, told.ByHand, told.Written), cancellation);
    }
}
