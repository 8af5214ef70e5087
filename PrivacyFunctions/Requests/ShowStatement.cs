using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Shows an operator what a person asks for in their own words, also what came with the cases that joined theirs; afterwards also what
/// was decided, and why. The view is logged with how much there was to read (C-ACCESS): only who has read all of it can decide.
/// </summary>
internal sealed class ShowStatement(CaseStore cases, Statements statements, ViewLog views)
{
    [Function(nameof(ShowStatement))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<StatementView>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/statement")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(id, out var parsed) || await FindAsync(parsed, cancellation) is not ({ } found, { } argued)) return NoStatement(request);

        var said = await statements.OfAsync(found.Id, cancellation);
        var explanation = argued.Explanation is { } name ? await statements.ExplanationAsync(found.Id, name, cancellation) : null;
        await views.AddAsync(found.Id, request.Caller().Id, ArguedDecisions.ViewOf(argued.Statements), cancellation);
        return Results.Json(
            new StatementView(
                found.Id, found.Status, found.Due.On,
                [.. said.Select(each => new Said(each.From, each.At, each.Said.Words, each.Said.About))], argued.Decided, explanation),
            RecordJson.Options);
    }

    private static IResult NoStatement(HttpRequest request) => Replies.Refused(request, StatusCodes.Status404NotFound, new(
        "There is nothing to read", "Nobody wrote to us in their own words under this reference."));

    // What came with a case that joined another lies with that one.
    private async Task<(SubjectRequest? Found, IArguedRequest? Argued)> FindAsync(CaseId id, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is not { Case: SubjectRequest found } || found is not IArguedRequest argued) return default;
        if (found.Outcome != CaseOutcome.AnsweredByAnotherCase) return (found, argued);
        var audit = await cases.AuditAsync(id, cancellation);
        var link = audit.Select(row => row.Shown).OfType<AuditEntry>().Select(entry => entry.Fact).OfType<CaseFact.LinkedToOpenCase>().Single();
        var other = await cases.GetAsync<SubjectRequest>(link.Other, cancellation);
        return (other, other as IArguedRequest);
    }

    private sealed record StatementView(
        CaseId Reference, CaseStatus Status, DateOnly DecideBy, IReadOnlyList<Said> Statements, object? Outcome, string? Explanation);

    private sealed record Said(CaseId Reference, DateTimeOffset At, string Words, CaseId? About);
}
