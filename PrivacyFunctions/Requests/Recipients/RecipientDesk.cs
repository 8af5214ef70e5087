using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Has the recipients of a person's data told of what was done with it (GDPR art. 19; C-RECIPIENTS): a notice for each is made first. Those that
/// the map gives a contact, and that surely may have something of this person, are written to; the others are left to somebody, whom the caller asks.
/// </summary>
internal sealed class RecipientDesk(
    DataMapRegister map, Notices notices, NoticeRows rows, NoticeLinks links, CaseMails mails, LegalTime time, IOptions<PolicyOptions> policy)
{
    /// <summary>Does so, for a step that may be repeated.</summary>
    /// <param name="id">The case.</param>
    /// <param name="act">What was done.</param>
    /// <param name="sets">With which data sets.</param>
    /// <param name="about">Whom it is about.</param>
    /// <param name="cancellation">Stops between two.</param>
    public async Task<RecipientsTold> TellAsync(
        CaseId id, RecipientAct act, IReadOnlyList<DataSet> sets, ToldAbout about, CancellationToken cancellation)
    {
        if (await BegunAsync(id, act, sets, about, cancellation) is not { } begun) return RecipientsTold.Nobody;

        // Each recipient has to know whom it is about, and so does whoever tells it by hand.
        var secret = rows.SealPerson(about.Addresses);
        await notices.ShowAsync(id, act, (_, kept) => kept ?? secret, cancellation);

        var (written, byHand) = (new List<string>(), new List<string>());
        foreach (var notice in begun.Notices)
            if (notice.Way == NoticeWay.Mail) written.Add(map.NameOf(notice.Recipient)); // by an earlier attempt, or somebody who wrote
            else if (notice.ToldOn is null)
                (await WriteAsync(begun, id, notice.Recipient, about, cancellation) ? written : byHand).Add(map.NameOf(notice.Recipient));
        return new(byHand, written);
    }

    // What an earlier attempt made stands, whatever has become of the data since.
    private async Task<ActNotices?> BegunAsync(
        CaseId id, RecipientAct act, IReadOnlyList<DataSet> sets, ToldAbout about, CancellationToken cancellation)
    {
        if (await notices.FindAsync(id, act, cancellation) is { } begun) return begun;
        var (given, meant) = (sets.Where(set => set.Recipients.Any(recipient => recipient.IsToBeTold)).ToList(), sets.ToBeTold().Where(about.IsMeant).ToList());
        return given.Count == 0 || (meant.Count == 0 && !about.EndsEarlier)
            ? null
            : await notices.BeginAsync(id, act, [.. given.Select(set => set.Id.Value)], [.. meant.Select(recipient => recipient.Id)], cancellation);
    }

    // An address that takes no mail, or not now, is left to somebody, like none: our answer to the person does not wait for it.
    private async Task<bool> WriteAsync(ActNotices of, CaseId id, string recipient, ToldAbout about, CancellationToken cancellation)
    {
        if (map.FindRecipient(recipient) is not { Contact: { } contact } found || !about.IsKnownTo(found)) return false;
        var (goneOn, today) = (NoticeDecisions.GoneOn(of.On), time.DateOf(await time.NowAsync(cancellation)));
        var letter = new RecipientNotified(
            id, of.Act, links.Of(new(id, of.Act, recipient), time.StartOf(goneOn)), today.AddDays(policy.Value.RecipientDays), goneOn.AddDays(-1));
        try
        {
            if (!await mails.TrySendOnceToAsync(
                contact, id, $"recipient-{of.Act}-{NoticeRows.KeyOf(recipient)}", letter, cancellation))
                return false;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return false;
        }

        await notices.EnterAsync(
            id, of.Act, recipient, Actors.System,
            notice => notice.ToldOn is null ? NoticeDecisions.Tell(notice, today, NoticeWay.Mail, corrects: false, today) : NoticeOutcome.Nothing,
            cancellation);
        return true;
    }
}

/// <summary>Whom recipients are told about.</summary>
/// <param name="Addresses">By which they find the person.</param>
/// <param name="IsKnownTo">Whether a recipient surely may have something of the person: nobody else learns of them from us.</param>
internal sealed record ToldAbout(IReadOnlyList<EmailAddress> Addresses, Func<Recipient, bool> IsKnownTo)
{
    /// <summary>Whether a recipient is to be told at all, by us or by somebody.</summary>
    public Func<Recipient, bool> IsMeant { get; init; } = _ => true;

    /// <summary>Whether it ends what others were to be told of, so that it is noted even if nobody is told of it.</summary>
    public bool EndsEarlier { get; init; }

    /// <summary>Withholds the addresses from logs.</summary>
    public override string ToString() => "(person)";
}

/// <summary>The names of recipients.</summary>
/// <param name="ByHand">Those whom somebody has to tell.</param>
/// <param name="Written">Those whom we wrote to.</param>
internal sealed record RecipientsTold(IReadOnlyList<string> ByHand, IReadOnlyList<string> Written)
{
    /// <summary>Nobody is to be told.</summary>
    public static RecipientsTold Nobody { get; } = new([], []);
}
