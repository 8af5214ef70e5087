using System.Globalization;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>
/// Marks a case whose workflow is silent, or not there at all, and tells the Data Protection Officer once; takes the mark away when the
/// case has moved on. What shows already that something waits is not marked again.
/// </summary>
internal sealed class SilenceWatch(CaseStore cases, CaseKinds kinds, AttentionMails mails)
{
    /// <summary>What the case shows as the step that waits.</summary>
    public const string Step = "silence of the workflow";

    /// <summary>Looks at an open case.</summary>
    public async Task LookAsync(DurableTaskClient client, CaseRow row, WatchNight night, CancellationToken cancellation)
    {
        var found = row.Case;
        var isMarked = AttentionMarks.Has(found.Attention, Step);
        if (!AttentionMarks.IsAtWork(found.Attention) && !isMarked) return;

        var isSilent = await IsSilentAsync(row, night, cancellation) || await IsGoneAsync(client, found, night, cancellation);
        if (isSilent != isMarked)
            found = await cases.ExecuteAsync<Case>(
                found.Id, string.Create(CultureInfo.InvariantCulture, $"silence-{night.Now:yyyyMMdd'T'HHmmss}"), Actors.System,
                now => !isSilent ? AttentionDecisions.Unmark(now, Step) : now.IsClosed ? Decision.Nothing : AttentionDecisions.Mark(now, Step),
                [], cancellation);
        foreach (var mark in found.Attention?.All.Where(mark => mark.Step == Step) ?? [])
            await mails.TellOnceAsync(found.Id, mark, new CaseSilent(found.Id, kinds.Of(found.Kind).Words.About), cancellation);
    }

    private async Task<bool> IsSilentAsync(CaseRow row, WatchNight night, CancellationToken cancellation)
    {
        var changedAt = row.Case.IsAtWork ? await cases.LastChangeAsync(row, IsOwn, cancellation) : null;
        return Silence.IsSilent(row.Case, changedAt, night.Clock, night.Now);
    }

    // What this watch writes moves no case on: else its own mark would be gone the next night. Nor does what people write to each other, or note.
    private static bool IsOwn(CaseFact fact) => fact
        is CaseFact.AttentionNeeded { Step: Step or AttentionMarks.Message } or CaseFact.AttentionOver { Step: Step or AttentionMarks.Message }
        or CaseFact.MessageReceived or CaseFact.MessageSent or CaseFact.MessagesRead or CaseFact.QuestionOver or CaseFact.Assigned or CaseFact.Commented
        or CaseFact.Repeats or CaseFact.RecipientTold or CaseFact.RecipientAnswered or CaseFact.RecipientsLate;

    // A failed one is told of by the watch over workflows.
    private static async Task<bool> IsGoneAsync(
        DurableTaskClient client, Case found, WatchNight night, CancellationToken cancellation) =>
        Silence.HasToHaveAWorkflow(found, night.Clock, night.Now)
        && await client.GetInstanceAsync(Workflow.InstanceOf(found.Kind, found.Id), cancellation)
            is null or { IsCompleted: true, RuntimeStatus: not OrchestrationRuntimeStatus.Failed };
}
