using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>
/// Has those told of an objection to advertising who advertise by data that they got from us (GDPR art. 21(3); R-OBJECT, C-RECIPIENTS). To whom we
/// cannot write, the Data Protection Officer is asked to tell it.
/// </summary>
internal sealed class AdvertisingRecipients(
    Contacts contacts, DataMapRegister map, KnownRecipients known, RecipientDesk recipients, OfficerMails officer)
{
    /// <summary>Does so; a repetition changes nothing.</summary>
    public async Task TellAsync(CaseId id, CancellationToken cancellation)
    {
        IReadOnlyList<DataSet> sets = [.. map.Told.Where(set => set.Recipients.Any(recipient => recipient.Advertises))];
        if (sets.Count == 0) return;
        var contact = await contacts.GetAsync(id, cancellation);
        var told = await recipients.TellAsync(
            id, RecipientAct.Advertising, sets, await known.WhoAdvertiseAsync(contact.Address, sets, cancellation), cancellation);
        if (told.ByHand.Count > 0)
            await officer.TellOnceAsync(
                id, "recipients-of-advertising", new TellRecipientsOfAdvertising(id, told.ByHand, told.Written), cancellation);
    }
}
