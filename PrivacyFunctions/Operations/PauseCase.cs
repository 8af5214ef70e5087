using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Lets an operator stop a case's workflow at once and let it go on, for the hour in which somebody has to look before
/// anything is destroyed. Due dates do not move, and what is to last is a hold. Recorded before it happens.
/// </summary>
internal sealed class PauseCase(CaseStore cases)
{
    /// <summary>What the case shows as the step that waits.</summary>
    public const string Step = "paused by an operator";

    [Function(nameof(PauseCase))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operator/cases/{id}/pause")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => ChangeAsync(
            request, id, new CaseFact.AttentionNeeded(Step), found => found.Attention != Step,
            client, instance => client.SuspendInstanceAsync(instance, Step, cancellation), cancellation);

    [Function(nameof(ResumeCase))]
    public Task<IResult> ResumeCase(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operator/cases/{id}/resume")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => ChangeAsync(
            request, id, new CaseFact.AttentionOver(Step), found => found.Attention == Step,
            client, instance => client.ResumeInstanceAsync(instance, null, cancellation), cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, string id, CaseFact fact, Func<Case, bool> applies, DurableTaskClient client,
        Func<string, Task> change, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(id, out var known) || await cases.FindAsync(known, cancellation) is not { Case: { IsClosed: false } open })
            return Replies.Refused(request, 404, new("There is no such open case", "A case's reference has 32 digits."));

        await cases.ExecuteAsync<Case>(
            known, $"pause-{Guid.NewGuid():N}", Actors.Operator,
            found => applies(found) ? new Decision.Change(fact) : Decision.Nothing, [], cancellation);
        foreach (var instance in Workflow.InstancesOf(open.Kind, known))
            if (await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false }) await change(instance);
        return Results.Json(new { reference = known.Value, paused = fact is CaseFact.AttentionNeeded });
    }
}
