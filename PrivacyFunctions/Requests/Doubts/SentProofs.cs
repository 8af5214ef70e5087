using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Doubts;

/// <summary>What people sent to show that a request is theirs. Nobody needs it once somebody has decided about it (C-MINIMUM).</summary>
internal sealed class SentProofs(CaseStore cases, CaseMessages messages, MessageFiles files) : IForgottenWithCase
{
    /// <inheritdoc/>
    public async Task ForgetAsync(CaseId id, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is { Case: SubjectRequest { IsClosed: true } closed }) await DestroyAsync(closed, cancellation);
    }

    /// <summary>Destroys it, once the doubt is over or the case closed; that it came stays in the chain. Nothing happens if it is gone.</summary>
    public async Task DestroyAsync(SubjectRequest request, CancellationToken cancellation)
    {
        if (request is { Doubt: null } or { Doubt.Outcome: DoubtOutcome.Open, IsClosed: false }) return;
        var facts = (await cases.AuditAsync(request.Id, cancellation)).Select(row => row.Shown).OfType<AuditEntry>().Select(entry => entry.Fact).ToList();
        var destroyed = DoubtDecisions.ProofsIn(facts).ToHashSet();
        // What a crash left before it was noted may be proof as well. While the case is open, it may be on its way.
        if (request.IsClosed)
            destroyed.UnionWith((await SentAsync(request.Id, cancellation)).Except(facts.OfType<CaseFact.MessageReceived>().Select(message => message.Name)));
        foreach (var name in destroyed)
        {
            await messages.ForgetAsync(request.Id, name, MessageFrom.Person, cancellation); // first: a copy looks for the files that it names
            await files.ForgetAsync(request.Id, name, cancellation);
        }
    }

    private async Task<IReadOnlyCollection<string>> SentAsync(CaseId id, CancellationToken cancellation)
    {
        var sent = await files.MessagesAsync(id, cancellation);
        sent.UnionWith((await messages.OfAsync(id, cancellation)).Where(message => message.IsFromPerson).Select(message => message.Name));
        return sent;
    }
}
