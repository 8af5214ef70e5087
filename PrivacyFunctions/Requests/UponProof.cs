using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// What follows from the proof of a mailbox, in whichever step of the workflow sees it first: whoever asked in the person's name is told, and it
/// is noted whose the request is and what it repeats. Each of it happens once, however often it is asked for, and what was asked for does not fail with it.
/// </summary>
internal sealed class UponProof(AgentMails agents, MessageOwners owners, EarlierRequests earlier)
{
    /// <summary>Does so if the person has confirmed.</summary>
    public async Task FollowAsync(SubjectRequest request, CancellationToken cancellation)
    {
        await agents.TellConfirmedAsync(request, cancellation);
        if (request.Status != CaseStatus.Confirmed) return;
        await owners.TryNoteAsync(request, cancellation);
        await earlier.TryNoteAsync(request, cancellation);
    }
}
