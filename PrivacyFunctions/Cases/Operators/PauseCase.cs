using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Lets an operator stop a case's workflow at once and let it go on, for the hour in which somebody has to look before
/// anything is destroyed. Due dates do not move, and what is to last is a hold. Who asked is recorded before anything is touched,
/// and that it is so once it is seen; if it is not, the operator is told, and may press again. Asking for what is so already
/// succeeds. A case that was closed just then can be let go on, too: its workflow has yet to forget the mailbox.
/// </summary>
internal sealed class PauseCase(CaseStore cases, CaseInstances instances)
{
    /// <summary>What the case shows as the step that waits.</summary>
    public const string Step = AttentionMarks.Paused;

    /// <summary>Stops the workflow of a case. Due dates do not move.</summary>
    [Function(nameof(PauseCase))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Switched>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/pause")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } open) return NoSuchCase(request);
        // From here on it goes through, even when the operator's browser does not wait: what is stopped is to be noted.
        await NoteAskedAsync(open, request.Caller(), new CaseFact.PauseAsked());
        return await instances.StopAsync(client, Workflow.InstanceOf(open.Kind, open.Id), CancellationToken.None) switch
        {
            SwitchOutcome.Done => await NoteAsync(request, client, open, isPaused: true),
            SwitchOutcome.NothingThere => Replies.Refused(
                request, 409,
                new("There is nothing to stop", "The workflow of this case has not begun yet, or it has failed.")),
            _ => Replies.Refused(
                request, 503,
                new("The workflow does not stop yet", "Parts of it may have stopped. It is noted that you asked: please try again, or let it go on.")),
        };
    }

    /// <summary>Lets the workflow of a case go on.</summary>
    [Function(nameof(ResumeCase))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Switched>]
    public async Task<IResult> ResumeCase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/resume")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        // A closed case that was just being stopped has an end to go to: its address leaves with that.
        if (await cases.FindAsync<Case>(id, cancellation) is not { } open) return NoSuchCase(request);
        if (open.IsClosed && !await CaseInstances.IsStoppedAsync(client, Workflow.InstanceOf(open.Kind, open.Id), cancellation)) return NoSuchCase(request);
        await NoteAskedAsync(open, request.Caller(), new CaseFact.ResumeAsked());
        return await instances.GoOnAsync(client, Workflow.InstanceOf(open.Kind, open.Id), CancellationToken.None) == SwitchOutcome.NotYet
            ? Replies.Refused(
                request, 503,
                new("The workflow does not go on yet", "Parts of it may. The case still shows it as paused: please try again."))
            : await NoteAsync(request, client, open, isPaused: false);
    }

    private async Task<Case?> FindAsync(string id, CancellationToken cancellation) =>
        await cases.FindAsync<Case>(id, cancellation) is { IsClosed: false } open ? open : null;

    private Task<Case> NoteAskedAsync(Case open, Caller caller, CaseFact asked) => cases.ExecuteAsync<Case>(
        open.Id, $"pause-{Guid.NewGuid():N}", caller.Id, _ => new Decision.Change(asked), [], CancellationToken.None);

    private async Task<IResult> NoteAsync(HttpRequest request, DurableTaskClient client, Case open, bool isPaused)
    {
        var (instance, by) = (Workflow.InstanceOf(open.Kind, open.Id), request.Caller().Id);
        var noted = await MarkAsync(open, by, isPaused);
        if (isPaused && noted.IsClosed)
        {
            await instances.GoOnAsync(client, instance, CancellationToken.None); // what is left of it is its end
            return NoSuchCase(request);
        }

        // Another operator may have asked for the opposite meanwhile: the case shows what is so.
        var isStopped = await CaseInstances.IsStoppedAsync(client, instance, CancellationToken.None);
        if (isStopped != isPaused) await MarkAsync(open, by, isStopped);
        return Results.Json(new Switched(open.Id, isStopped), RecordJson.Options);
    }

    private Task<Case> MarkAsync(Case open, string by, bool isPaused) => cases.ExecuteAsync<Case>(
        open.Id, $"pause-{Guid.NewGuid():N}", by,
        found => !isPaused ? AttentionDecisions.Unmark(found, Step) : found.IsClosed ? Decision.Nothing : AttentionDecisions.Mark(found, Step),
        [], CancellationToken.None);

    private static IResult NoSuchCase(HttpRequest request) =>
        Replies.Refused(request, 404, new("There is no such open case", "A case's reference has 32 digits."));

    private sealed record Switched(CaseId Reference, bool Paused);
}
