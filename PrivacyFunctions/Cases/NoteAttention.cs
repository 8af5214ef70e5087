using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Shows on the case that a step stays broken, so that a person looks; the step goes on being tried. What is shown already is
/// not noted again.
/// </summary>
internal sealed class NoteAttention(CaseStore cases)
{
    [Function(nameof(NoteAttention))]
    public Task RunAsync([ActivityTrigger] BrokenStep broken, CancellationToken cancellation) => cases.ExecuteAsync<Case>(
        broken.CaseId, $"attention-{broken.Key}", Actors.System,
        found => found.Attention == broken.Step
            ? Decision.Nothing
            : new Decision.Change(new CaseFact.AttentionNeeded(broken.Step)),
        [], cancellation);
}
