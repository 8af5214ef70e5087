using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Takes an earlier request up again because a complaint about it was justified: a request of its own begins, as if its person had sent it once
/// more on the day on which the complaint is answered. Nobody has proven the mailbox of a complaint, and it may have come to somebody else since, so it
/// is proven anew.
/// </summary>
internal sealed class Reopening(
    CaseStore cases, Contacts contacts, People people, Statements statements, RequestKinds kinds, TakeInRequest takeIn, LegalTime time, IntentDispatcher dispatcher)
{
    /// <summary>Whether the request of that reference can be taken up again: one of the complaint's mailbox that is closed.</summary>
    public async Task<bool> IsPossibleAsync(ComplaintRequest complaint, CaseId earlier, CancellationToken cancellation) =>
        await contacts.FindAsync(complaint.Id, cancellation) is { } contact
        && (await people.CasesAsync([contact.Address], cancellation)).Contains(earlier)
        && await cases.FindAsync(earlier, cancellation) is { Case: SubjectRequest { IsClosed: true } found }
        && KindOf(found) is not null;

    /// <summary>The answer where it cannot.</summary>
    public static IResult NotTheirs(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "That request cannot be taken up again", "It has to be a closed request of the same mailbox that is no complaint. Without \"reopens\" the complaint can be decided."));

    /// <summary>Begins it; once, however often this is repeated.</summary>
    /// <param name="decided">The complaint.</param>
    /// <param name="client">Starts the workflow.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    public async Task BeginAsync(ComplaintRequest decided, DurableTaskClient client, CancellationToken cancellation)
    {
        if (decided.Reopens is not { } reference || await contacts.FindAsync(decided.Id, cancellation) is not { } contact) return;
        var earlier = await cases.GetAsync<SubjectRequest>(reference, cancellation);
        var now = await time.NowAsync(cancellation);
        var asked = new AskedRequest(contact.Address, earlier.Country ?? decided.Country, earlier.GroundGiven, await WordsAsync(earlier, cancellation))
        {
            Came = new(Channels.Complaint, time.DateOf(now), now) { Actor = Actors.System },
        };
        var (stored, isNew) = await takeIn.RunAsync(KindOf(earlier)!, $"complaint {decided.Id}", asked, cancellation);
        if (isNew && !stored.IsClosed) await dispatcher.TryStartAsync(client, stored, cancellation);
    }

    private async Task<Statement?> WordsAsync(SubjectRequest earlier, CancellationToken cancellation) =>
        (await statements.OfAsync(earlier.Id, cancellation)).FirstOrDefault(kept => kept.From == earlier.Id)?.Said;

    private RequestKind? KindOf(SubjectRequest earlier) => kinds.All.FirstOrDefault(kind => kind.Kind == earlier.Kind && kind.Kind != CaseKind.Complaint);
}
