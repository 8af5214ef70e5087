using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Doubts;

/// <summary>What people sent to show that a request is theirs. Nobody needs it once somebody has decided about it (C-MINIMUM).</summary>
internal sealed class SentProofs(CaseStore cases, CaseMessages messages, MessageFiles files)
{
    /// <summary>Destroys it, once the doubt is over or the case closed; that it came stays in the chain. Nothing happens if it is gone.</summary>
    public async Task DestroyAsync(SubjectRequest request, CancellationToken cancellation)
    {
        if (request is { Doubt: null } or { Doubt.Outcome: DoubtOutcome.Open, IsClosed: false }) return;
        var facts = (await cases.AuditAsync(request.Id, cancellation)).Select(row => row.Shown).OfType<AuditEntry>().Select(entry => entry.Fact);
        foreach (var name in DoubtDecisions.ProofsIn(facts))
        {
            await files.ForgetAsync(request.Id, name, cancellation);
            await messages.ForgetAsync(request.Id, name, isFromPerson: true, cancellation);
        }
    }
}
