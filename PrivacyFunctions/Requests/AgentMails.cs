using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Mails to whoever asked in a person's name: that the person is asked to confirm it, that they have, and that it has ended. Anybody can give
/// anybody's address as their own, so these mails hold nothing of the person, and a mailbox is written to about a few requests a day: of what
/// comes beyond, the agent hears nothing.
/// </summary>
internal sealed class AgentMails(Contacts contacts, CaseMails mails, RequestKinds kinds, MailAllowance allowance, LegalTime time)
{
    private const string Asked = "agent-asked";

    // A mailbox has places of its own as an agent's: no kind of case can be called that (CaseKinds).
    private static readonly CaseKind AsAgent = CaseKind.Of("agent");

    /// <summary>
    /// By which places a person's mailbox is asked about a request: what others ask in their name has places of its own, and joins nothing that the
    /// person has asked. So nobody can tell by the mails to an agent what the person asked, and no stranger's request swallows theirs.
    /// </summary>
    public static CaseKind PlacesOf(CaseKind kind, bool isByAgent) => isByAgent ? CaseKind.Of($"{AsAgent.Name}{kind.Name}") : kind;

    /// <summary>The address of whoever asked; null if the person did, or once it is deleted.</summary>
    public async Task<EmailAddress?> FindAsync(SubjectRequest request, CancellationToken cancellation) =>
        request.AskedByAgent ? (await contacts.FindAsync(request.Id, cancellation))?.Agent : null;

    /// <summary>Tells the agent, once, that the person is asked; unless there is no agent, or they hear of enough requests that day.</summary>
    public async Task TellAskedAsync(SubjectRequest request, CancellationToken cancellation)
    {
        if (await FindAsync(request, cancellation) is not { } agent || await WereToldAsync(request, cancellation)) return;
        if (await HasPlaceAsync(agent, request.Id, cancellation))
            await mails.TrySendOnceToAsync(agent, request.Id, Asked, new AgentAsked(request.Id, kinds.AboutOf(request.Kind)), cancellation);
    }

    /// <summary>
    /// Tells the agent, once, that the person has confirmed it, if they have, and if the agent was told that they are asked. What the person asked for
    /// does not wait for this mail: where the provider does not take it, the one about the end of the request is the next.
    /// </summary>
    public async Task TellConfirmedAsync(SubjectRequest request, CancellationToken cancellation)
    {
        if (request.IsClosed || request.CanBeConfirmed) return;
        try
        {
            await GoOnAsync(request, "agent-confirmed", new AgentConfirmed(request.Id), cancellation);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            // The mail log shows that it was not sent.
        }
    }

    /// <summary>Tells the agent, once, that it has ended, if it has, and if they were told that the person is asked.</summary>
    public async Task TellClosedAsync(SubjectRequest request, CancellationToken cancellation)
    {
        if (request.IsClosed) await GoOnAsync(request, "agent-closed", new AgentClosed(request.Id, request.Outcome), cancellation);
    }

    private async Task GoOnAsync(SubjectRequest request, string mail, AgentDraft letter, CancellationToken cancellation)
    {
        if (await FindAsync(request, cancellation) is { } agent && await WereToldAsync(request, cancellation))
            await mails.TrySendOnceToAsync(agent, request.Id, mail, letter, cancellation);
    }

    private async Task<bool> WereToldAsync(SubjectRequest request, CancellationToken cancellation) =>
        await mails.SentAtAsync(request.Id, Asked, cancellation) is not null;

    private async Task<bool> HasPlaceAsync(EmailAddress agent, CaseId id, CancellationToken cancellation)
    {
        var today = Admission.DayOf(await time.NowAsync(cancellation));
        while (true) // at most once for each place that somebody else takes in between
        {
            var taken = await allowance.TakenAsync(agent, AsAgent, today, cancellation);
            if (taken.Any(place => place.Applicant.Case == id)) return true;
            if (taken.Count >= MailAllowance.PlacesADay) return false;
            if (await allowance.TryTakeAsync(agent, AsAgent, today, taken, new(id), cancellation)) return true;
        }
    }
}
