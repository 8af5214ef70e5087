using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Portability.Model;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// Sends what is owed of transmissions, each mail once: to the controller the link, as long as the package is there; to the person that it was handed
/// over or, when the package ends, that nobody fetched it. Whoever has come to have the person's mailbox since is not written to.
/// </summary>
internal sealed class TransmissionMails(
    CaseStore cases, TransmissionRows rows, Contacts contacts, MailboxOwners owners, CaseMails mails, MailOrNote toPerson,
    TransmissionLinks links, SiteLinks site, LegalTime time) : IAfterPackage
{
    /// <summary>Mails the link, unless the controller has used it, the person has stopped it, or the package is gone.</summary>
    /// <returns>False where the provider refuses the address for good, which is noted.</returns>
    public async Task<bool> OfferAsync(PortabilityRequest request, Transmission transmission, CancellationToken cancellation)
    {
        var (id, mail) = (request.Id, transmission.Mail);
        if ((transmission.HandedOverOn ?? transmission.StoppedOn) is not null || !request.OffersExport(await time.NowAsync(cancellation))) return true;
        if (!(await rows.OfAsync(id, cancellation)).TryGetValue(transmission.Name, out var to)) return true; // the package ends just now
        if (await cases.TookEffectAsync(id, RefusedKey(mail), cancellation)) return false;

        var until = request.OfferedUntil!.Value;
        var letter = new TransmissionOffered(id, until, links.ToHandOver(new(id, transmission.Name), until));
        if (await mails.TrySendOnceToAsync(to.Address, id, mail, letter, cancellation)) return true;
        await cases.ExecuteAsync<Case>(
            id, RefusedKey(mail), Actors.System, _ => new Decision.Change(new CaseFact.MailRefused(mail)), [], cancellation);
        return false;
    }

    /// <summary>Sends whatever is owed of a case while its package is there.</summary>
    public async Task SendAsync(CaseId id, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is not { Case: PortabilityRequest { IsClosed: false, Transmissions: { } named } request }) return;
        foreach (var transmission in named) await OfferAsync(request, transmission, cancellation);
        if (named.Any(each => each.HandedOverOn is not null)) await TellAsync(request, await rows.NamesAsync(id, cancellation), isOver: false, cancellation);
    }

    /// <inheritdoc/>
    public async Task EndAsync(CaseId id, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is not { Case: PortabilityRequest ended }) return;
        var names = await rows.NamesAsync(id, cancellation); // those that nobody fetched go with the package
        await rows.EndAsync(
            id, (ended.Transmissions ?? []).Where(each => each.HandedOverOn is not null).ToDictionary(each => each.Name, each => each.HandedOverOn!.Value),
            cancellation);
        if (ended is { IsClosed: false, Transmissions: not null }) await TellAsync(ended, names, isOver: true, cancellation);
    }

    private async Task TellAsync(PortabilityRequest request, IReadOnlyDictionary<string, string> names, bool isOver, CancellationToken cancellation)
    {
        var (id, named) = (request.Id, request.Transmissions!);
        if (await contacts.FindAsync(id, cancellation) is not { } contact || !await owners.AreStillAsync(contact.Address, id, cancellation)) return;
        foreach (var (index, each) in named.Index())
            if (each.HandedOverOn is { } on)
                await toPerson.SendAsync(
                    id, $"handed-over-{each.Name}",
                    new TransmissionHandedOver(id, each.AskedOn, on, index + 1, named.Count, names.GetValueOrDefault(each.Name)), cancellation);
        List<Transmission> missed = [.. named.Where(each => each.IsOpen)]; // of the others they know
        if (!isOver || missed.Count == 0) return;
        var letter = new TransmissionNotFetched(
            id, missed.Count, named.Count(each => each.IsOpen || each.HandedOverOn is not null),
            [.. missed.Select(each => names.GetValueOrDefault(each.Name)).OfType<string>()], site.AskFor(request.Kind.Name));
        await toPerson.SendAsync(id, "transmission-not-fetched", letter, cancellation);
    }

    private static string RefusedKey(string mail) => $"refused-{mail}";
}
