using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Gives a case to the operator who is to look after it, or to nobody. It says who sees to it and forbids nobody anything. Whoever has a key that
/// opens cases can be given one.
/// </summary>
internal sealed class AssignCase(CaseStore cases, CallerKeys keys)
{
    private const CallerRole LooksAfterCases = CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo;

    [Function(nameof(AssignCase))]
    [ForRoles(LooksAfterCases)]
    [Takes("to", "The id of the operator, or \"nobody\".")]
    [Answers<Assignment>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/assignment")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The assignment is not complete", cancellation);
        var to = form["to"] == CaseFilter.Nobody ? null : form["to"];
        if (to is not null && !await IsKnownAsync(to, cancellation))
            form.Refuse("to", $"Give the id of an operator whose key opens cases, or \"{CaseFilter.Nobody}\".");
        if (form.Refusal is { } refusal) return refusal;
        if (await cases.FindAsync<Case>(id, cancellation) is not { } found) return NoSuch.Case(request);

        var by = request.Caller().Id;
        var assigned = await cases.ExecuteAsync<Case>(
            found.Id, $"assign-{Guid.NewGuid():N}", by,
            state => state.AssignedTo == to ? Decision.Nothing : new Decision.Change(new CaseFact.Assigned(to, by)), [], CancellationToken.None);
        return Results.Json(new Assignment(assigned.Id, assigned.AssignedTo), RecordJson.Options);
    }

    private async Task<bool> IsKnownAsync(string id, CancellationToken cancellation) => await keys.ListAsync(cancellation)
        .AnyAsync(key => key.RevokedAt is null && key.Caller.Id == id && (key.Caller.Roles & LooksAfterCases) != 0, cancellation);

    private sealed record Assignment(CaseId Reference, string? AssignedTo);
}
