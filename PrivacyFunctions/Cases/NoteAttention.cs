using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Shows on the case that a step stays broken, and tells the Data Protection Officer once, so that a person looks; the step goes on
/// being tried. What is shown already is not noted again.
/// </summary>
internal sealed class NoteAttention(CaseStore cases, AttentionMails mails, ILogger<NoteAttention> log)
{
    public static readonly Step<BrokenStep> Step = new(nameof(NoteAttention));

    [Function(nameof(NoteAttention))]
    public async Task RunAsync([ActivityTrigger] BrokenStep broken, CancellationToken cancellation)
    {
        var restarts = (await cases.GetAsync<Case>(broken.CaseId, cancellation)).Restarts;
        var shown = await cases.ExecuteAsync<Case>(
            broken.CaseId, $"attention-{broken.KeyAfter(restarts)}", Actors.System,
            found => AttentionDecisions.Mark(found, broken.Step, broken.Scope), [], cancellation);
        foreach (var mark in shown.Attention?.All.Where(mark => mark.Step == broken.Step && mark.Scope == broken.Scope) ?? [])
            await mails.TryTellOnceAsync(shown.Id, mark, log, cancellation);
    }
}
