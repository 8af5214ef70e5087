using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>Tells the Data Protection Officer of broken steps that could not be told when they were marked.</summary>
internal sealed class AttentionWatch(AttentionMails mails)
{
    // Their own letters tell of these, and an operator knows of what that operator stopped.
    private static readonly string[] ToldOtherwise = [AttentionMarks.Approval, PauseCase.Step, WatchWorkflows.Step, SilenceWatch.Step];

    /// <summary>Looks at a case that needs attention.</summary>
    public async Task LookAsync(Case found, CancellationToken cancellation)
    {
        foreach (var mark in found.Attention?.All.Where(mark => !ToldOtherwise.Contains(mark.Step)) ?? [])
            await mails.TellOnceAsync(found.Id, mark, cancellation);
    }
}
