using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Goes on with what a hold stopped. A person who asked to be erased was told that some of it stays until the ground is over; when
/// the hold is released they need not ask again. A case of its own begins, whose plan an operator approves like any other.
/// </summary>
internal sealed class ErasureResumption(
    SubjectLocator locator, People people, CaseStore cases, Contacts contacts, ErasurePlans plans, LegalTime time,
    IntentDispatcher dispatcher)
{
    private const string Channel = "hold-released";

    /// <summary>Begins a case for each erasure of which the hold kept something; one that was begun before is not begun again.</summary>
    /// <param name="address">Under which the hold was placed.</param>
    /// <param name="hold">The id of the hold, which is not in force any more.</param>
    /// <param name="by">Who released it.</param>
    /// <param name="client">Starts the cases.</param>
    /// <param name="cancellation">Stops before the next case.</param>
    /// <returns>The new cases.</returns>
    public async Task<IReadOnlyList<CaseId>> ResumeAsync(
        EmailAddress address, string hold, string by, DurableTaskClient client, CancellationToken cancellation)
    {
        var resumed = new List<CaseId>();
        foreach (var mailbox in (await locator.LocateAsync(address, cancellation)).ProtectingAddresses)
            foreach (var id in await people.CasesAsync([mailbox], cancellation))
                if (await WasStoppedAsync(id, hold, cancellation))
                    resumed.Add(await BeginAsync(id, mailbox, hold, by, client, cancellation));
        return resumed;
    }

    private async Task<bool> WasStoppedAsync(CaseId id, string hold, CancellationToken cancellation) =>
        await cases.FindAsync(id, cancellation) is { Case: SubjectRequest erasure } && ErasureRules.IsDecided(erasure)
        && ErasureRules.WasKeptBy(await plans.GetAsync(id, erasure.PlanHash!, cancellation), hold);

    private async Task<CaseId> BeginAsync(
        CaseId earlier, EmailAddress mailbox, string hold, string by, DurableTaskClient client, CancellationToken cancellation)
    {
        var id = people.CaseOf(CaseKind.Erasure, $"{Channel} {earlier} {hold}", mailbox);
        if (await cases.FindAsync(id, cancellation) is null)
        {
            await cases.AnnounceAsync(id, cancellation);
            var contact = await contacts.KeepAsync(id, mailbox, cancellation);
            await people.IndexAsync(mailbox, id, cancellation);
            var now = await time.NowAsync(cancellation);
            var (received, fact) = RequestDecisions.Receive(
                id, CaseKind.Erasure, await time.PlanAsync(cancellation), now, time.DateOf(now), time.Calendar, Channel,
                contact.Commitment);
            await cases.CreateAsync(received, [fact, new CaseFact.ErasureResumed(earlier, hold)], by, cancellation);
        }

        await dispatcher.TryDispatchAsync(client, id, cancellation);
        return id;
    }
}
