using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>
/// Has those told of an objection to advertising who advertise by data that they got from us (GDPR art. 21(3); R-OBJECT, C-RECIPIENTS). To whom we
/// cannot write, the Data Protection Officer is asked to tell it. Who was told of the same mailbox within a month is not told again.
/// </summary>
internal sealed class AdvertisingRecipients(
    Contacts contacts, People people, DataMapRegister map, KnownRecipients known, RecipientDesk recipients, Notices notices, OfficerMails officer, LegalTime time)
{
    private const int DaysToldOnce = 30;
    private const int CasesLookedAt = 20;

    /// <summary>Does so; a repetition changes nothing.</summary>
    public async Task TellAsync(CaseId id, CancellationToken cancellation)
    {
        IReadOnlyList<DataSet> sets = [.. map.Told.Where(set => set.Recipients.Any(recipient => recipient.Advertises))];
        if (sets.Count == 0) return;
        var contact = await contacts.GetAsync(id, cancellation);
        var (about, lately) = (await known.WhoAdvertiseAsync(contact.Address, sets, cancellation), await ToldLatelyAsync(contact.Address, id, cancellation));
        var told = await recipients.TellAsync(
            id, RecipientAct.Advertising, sets, about with { IsMeant = recipient => about.IsMeant(recipient) && !lately.Contains(recipient.Id) }, cancellation);
        if (told.ByHand.Count > 0)
            await officer.TellOnceAsync(
                id, "recipients-of-advertising", new TellRecipientsOfAdvertising(id, told.ByHand, told.Written), cancellation);
    }

    // Anybody can object in anybody's name, as often as they like: whoever was told of a mailbox hears of it once a month.
    private async Task<HashSet<string>> ToldLatelyAsync(EmailAddress mailbox, CaseId asking, CancellationToken cancellation)
    {
        var (told, since) = (new HashSet<string>(StringComparer.Ordinal), time.DateOf(await time.NowAsync(cancellation)).AddDays(-DaysToldOnce));
        foreach (var earlier in (await people.NewestCasesAsync([mailbox], cancellation)).Where(id => id != asking).Take(CasesLookedAt))
            if (await notices.FindAsync(earlier, RecipientAct.Advertising, cancellation) is { } act && act.On > since)
                told.UnionWith(act.Notices.Select(notice => notice.Recipient));
        return told;
    }
}
