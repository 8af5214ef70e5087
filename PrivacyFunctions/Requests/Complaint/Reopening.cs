using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Takes an earlier request up again because a complaint about it was justified: a request of its own begins, as if its person had sent it once
/// more on the day on which the complaint is answered. Nobody has proven the mailbox of a complaint, and it may have come to somebody else since, so it
/// is proven anew. What somebody argued in their own words stays with who wrote it, and what needs no proof can be sent again at once: neither is taken up.
/// </summary>
internal sealed class Reopening(
    CaseStore cases, Contacts contacts, People people, SubjectLocator locator, RequestKinds kinds, TakeInRequest takeIn, LegalTime time, IntentDispatcher dispatcher)
{
    /// <summary>
    /// Whether the request of that reference can be taken up again: a closed one of the complaint's mailbox, or of another one that is proven to be the same person's.
    /// </summary>
    public async Task<bool> IsPossibleAsync(ComplaintRequest complaint, CaseId earlier, CancellationToken cancellation) =>
        await contacts.FindAsync(complaint.Id, cancellation) is { } contact
        && (await people.CasesAsync(await locator.AddressesOfOwnerAsync(contact.Address, cancellation), cancellation)).Contains(earlier)
        && await cases.FindAsync(earlier, cancellation) is { Case: SubjectRequest { IsClosed: true } found }
        && KindOf(found) is not null;

    /// <summary>The answer where it cannot.</summary>
    public static IResult NotTheirs(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "That request cannot be taken up again", "It has to be a closed request of the same person that needed its proof, and no words of the person: they can object or complain again at once. Without \"reopens\" the complaint can be decided."));

    /// <summary>Begins it; once, however often this is repeated. Where the mailbox is asked about as many requests as it can be, one of those serves it.</summary>
    /// <param name="decided">The complaint.</param>
    /// <param name="client">Starts the workflow.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    public async Task<Reopened> BeginAsync(ComplaintRequest decided, DurableTaskClient client, CancellationToken cancellation)
    {
        if (decided.Reopens is not { } reference || await contacts.FindAsync(decided.Id, cancellation) is not { } contact) return Reopened.No;
        var earlier = await cases.GetAsync<SubjectRequest>(reference, cancellation);
        var now = await time.NowAsync(cancellation);
        var asked = new AskedRequest(contact.Address, earlier.LivesIn ?? decided.LivesIn, earlier.GroundGiven, Text: null)
        {
            Came = new(Channels.Complaint, time.DateOf(now), now) { Actor = Actors.System },
        };
        var (stored, isNew) = await takeIn.RunAsync(KindOf(earlier)!, $"complaint {decided.Id}", asked, cancellation);
        if (isNew && !stored.IsClosed) await dispatcher.TryStartAsync(client, stored, cancellation);
        return stored.Outcome == CaseOutcome.AnsweredByAnotherCase ? Reopened.Joins : Reopened.Opens;
    }

    private RequestKind? KindOf(SubjectRequest earlier) => kinds.Find(earlier.Kind) is { AsksForProof: true, Text: null } kind ? kind : null;
}

/// <summary>What became of an earlier request that is to be taken up again.</summary>
internal enum Reopened
{
    /// <summary>None is.</summary>
    No,

    /// <summary>Its person is asked to confirm it.</summary>
    Opens,

    /// <summary>Another open request of the mailbox serves it.</summary>
    Joins,
}
