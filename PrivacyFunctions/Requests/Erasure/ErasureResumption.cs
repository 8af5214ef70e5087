using Azure;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Goes on with what a hold stopped. A person who asked to be erased was told that some of it stays until the ground is over; when
/// the hold is released they need not ask again. A case of its own begins, about what that hold had kept and nothing else, whose plan
/// an operator approves like any other.
/// </summary>
internal sealed class ErasureResumption(
    SubjectLocator locator, AccountOwners owners, People people, HoldLinks links, OwnerLinks ownerLinks, CaseStore cases, NewCases newCases,
    ErasurePlans plans, LegalTime time, IntentDispatcher dispatcher)
{
    private const string Channel = "hold-released";

    /// <summary>
    /// Stores a case for the newest erasure of each mailbox of which the hold kept something. It waits while the hold is in force, so
    /// it is stored before the release; one that was stored before is found again.
    /// </summary>
    /// <param name="address">Under which the hold was placed.</param>
    /// <param name="hold">The hold's id.</param>
    /// <param name="by">Who releases it.</param>
    public async Task<Resumption> PrepareAsync(EmailAddress address, string hold, string by) => await PrepareAsync(
        await MailboxesAsync(address), await links.KeysOfAsync(address, hold, CancellationToken.None), hold, by);

    /// <summary>The same for a hold on an account, which protects what is about its owners.</summary>
    public async Task<Resumption> PrepareAsync(AccountId account, string hold, string by)
    {
        var linked = (await ownerLinks.OwnersAsync(account, hold, CancellationToken.None)).ToHashSet();
        var mailboxes = new HashSet<EmailAddress>();
        foreach (var owner in await owners.OwnersAsync(account, await time.NowAsync(CancellationToken.None), CancellationToken.None))
        {
            linked.Add(people.KeyOf(owner));
            mailboxes.UnionWith(await locator.AddressesOfAsync(owner, CancellationToken.None).ToListAsync());
        }

        return await PrepareAsync(mailboxes, linked, OwnersHolds.IdOf(account, hold), by);
    }

    /// <summary>
    /// The same of an erasure whose last search still met a hold that was released before it was told: the release could not see yet
    /// that it kept anything. The timer of what is pending starts the case.
    /// </summary>
    /// <returns>False if a person has to go on with it: the mailbox may be somebody else's by now.</returns>
    public async Task<bool> TryPrepareAsync(ErasureRequest erasure, EmailAddress mailbox, string hold)
    {
        if (!await AreTheSameAsync(mailbox, erasure.Id)) return false;
        await StoreAsync(erasure, mailbox, hold, Actors.System);
        return true;
    }

    private async Task<Resumption> PrepareAsync(
        IEnumerable<EmailAddress> mailboxes, IEnumerable<PersonKey> linked, string hold, string by)
    {
        var (resumed, unsure, seen) = (new List<CaseId>(), new List<CaseId>(), new HashSet<CaseId>());
        foreach (var mailbox in mailboxes)
        {
            var stopped = new List<ErasureRequest>();
            foreach (var id in await people.CasesAsync([mailbox], CancellationToken.None))
            {
                seen.Add(id);
                var (wasStopped, erasure) = await WasStoppedAsync(id, hold);
                if (wasStopped is true && await AreTheSameAsync(mailbox, id)) stopped.Add(erasure!);
                else if (wasStopped is not false) unsure.Add(id);
            }

            var own = new List<ErasureRequest>();
            foreach (var erasure in stopped) own.Add(await OwnRequestAsync(erasure));
            if (own.MaxBy(erasure => erasure.ReceivedAt) is { } newest)
                resumed.Add(await StoreAsync(newest, mailbox, hold, by));
        }

        // It kept things as well under an address that the company's directory no longer leads to, or that came later, by their id.
        foreach (var known in linked)
            foreach (var id in await people.CasesAsync(known, CancellationToken.None))
                if (seen.Add(id) && (await WasStoppedAsync(id, hold)).WasStopped is not false)
                    unsure.Add(id);

        return new(resumed, unsure);
    }

    /// <summary>Starts the cases, now that the hold is released.</summary>
    public async Task StartAsync(Resumption resumption, DurableTaskClient client)
    {
        foreach (var id in resumption.Resumed) await dispatcher.TryDispatchAsync(client, id, CancellationToken.None);
    }

    private async Task<IEnumerable<EmailAddress>> MailboxesAsync(EmailAddress address)
    {
        try
        {
            return (await locator.LocateAsync(address, CancellationToken.None)).ProtectingAddresses;
        }
        catch (InvalidDataException)
        {
            return [address]; // an entry of the company's directory leads to nobody
        }
    }

    // Null where it cannot be told, as the plan cannot be read any more.
    private async Task<(bool? WasStopped, ErasureRequest? Erasure)> WasStoppedAsync(CaseId id, string hold)
    {
        if (await cases.FindAsync(id, CancellationToken.None) is not { Case: ErasureRequest erasure }
            || !ErasureRules.IsDecided(erasure)) return (false, null);
        try
        {
            var plan = await plans.GetAsync(id, erasure.PlanHash!, CancellationToken.None);
            return (ErasureRules.KeptBy(plan, hold).Count > 0, erasure);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or RequestFailedException { Status: 404 })
        {
            return (null, null);
        }
    }

    // The mailbox may be somebody else's by now.
    private async Task<bool> AreTheSameAsync(EmailAddress mailbox, CaseId id)
    {
        try
        {
            var persons = await locator.PersonsAsync(mailbox, CancellationToken.None);
            return persons.Length > 0 && await people.WereAsync(mailbox, id, [.. persons.Select(person => person.Value)], CancellationToken.None);
        }
        catch (InvalidDataException)
        {
            return false; // an entry of the company's directory leads to nobody
        }
    }

    // What goes on with a request is about a part of it, so that several of them together are what the person asked for.
    private async Task<ErasureRequest> OwnRequestAsync(ErasureRequest erasure)
    {
        while (erasure.Resumes is { } earlier
            && await cases.FindAsync(earlier, CancellationToken.None) is { Case: ErasureRequest request })
            erasure = request;
        return erasure;
    }

    private async Task<CaseId> StoreAsync(ErasureRequest erasure, EmailAddress mailbox, string hold, string by)
    {
        var earlier = (await OwnRequestAsync(erasure)).Id;
        var id = people.CaseThatResumes(earlier, hold);
        while (await cases.FindAsync(id, CancellationToken.None) is { Case: ErasureRequest stored })
        {
            // Another hold of the same id, under another of their addresses, may have kept something of this one.
            if (!stored.IsClosed || (await WasStoppedAsync(id, hold)).WasStopped is not true) return id;
            id = people.CaseThatResumes(id, hold);
        }

        await cases.AnnounceAsync(id, CancellationToken.None);
        var now = await time.NowAsync(CancellationToken.None);
        var plan = await time.PlanAsync(CancellationToken.None);
        await newCases.StoreAsync(
            mailbox, Receive(Contact.Of(mailbox)).Request, of => [Receive(of).Fact, new ErasureFact.ErasureResumed(earlier, hold)], by);
        return id;

        (ErasureRequest Request, CaseFact Fact) Receive(Contact of) => RequestDecisions.Receive(
            ErasureRequest.New, id, plan, now, time.DateOf(now), erasure.Residence, time.Calendars, Channel, of.Commitment,
            country: erasure.Country);
    }
}

/// <summary>What goes on after a release.</summary>
/// <param name="Resumed">The cases that go on with what the hold had kept.</param>
/// <param name="Unsure">Earlier cases with which a person has to go on: whose data it is cannot be told for certain.</param>
internal sealed record Resumption(IReadOnlyList<CaseId> Resumed, IReadOnlyList<CaseId> Unsure)
{
    public static Resumption None { get; } = new([], []);

    /// <summary>What both looks found.</summary>
    public Resumption And(Resumption later) => new([.. Resumed.Union(later.Resumed)], [.. Unsure.Union(later.Unsure)]);
}
