using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Begins the workflow of a case again when it has failed or is lost. The case's row is the truth: each step reads it, and does
/// nothing again that is done. What is left of the failed workflow is ended first, so that nothing goes on beside the new one. Who
/// asked is recorded before anything is touched; if it does not succeed, the operator is told, and may press again.
/// </summary>
internal sealed class RestartWorkflow(CaseStore cases, CaseInstances instances, IntentDispatcher dispatcher)
{
    [Function(nameof(RestartWorkflow))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Begun>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/restart")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (await cases.FindAsync<Case>(id, cancellation) is not { IsClosed: false } open)
            return Replies.Refused(request, 404, new("There is no such open case", "A case's reference has 32 digits."));
        var instance = Workflow.InstanceOf(open.Kind, open.Id);
        if (await CaseInstances.IsOpenAsync(client, instance, cancellation))
            return Replies.Refused(
                request, 409,
                new("The workflow of this case has not failed", "It works or waits. If it was paused, let it go on."));

        // From here on it goes through, even when the operator's browser does not wait.
        await NoteAsync(open, request.Caller(), [], new CaseFact.RestartAsked());
        if (await instances.ClearAsync(client, instance, CancellationToken.None) is SwitchOutcome.NotYet)
            return Replies.Refused(
                request, 503,
                new("The workflow cannot begin again yet", "Something of the old one is still there. It is noted that you asked: please try again."));

        // Woken at once, since the case may be past what the workflow waits for first.
        await NoteAsync(open, request.Caller(), [Intent.Start, Intent.Wake], new CaseFact.WorkflowRestarted());
        await dispatcher.TryDispatchAsync(client, open.Id, CancellationToken.None);
        return Results.Json(new Begun(open.Id, Restarted: true), RecordJson.Options);
    }

    private Task<Case> NoteAsync(Case open, Caller caller, IReadOnlyList<Intent> intents, CaseFact fact) => cases.ExecuteAsync<Case>(
        open.Id, $"restart-{Guid.NewGuid():N}", caller.Id, _ => new Decision.Change(fact), intents, CancellationToken.None);

    private sealed record Begun(CaseId Reference, bool Restarted);
}
