using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Shows an operator all that a complaint is about: what its person wrote, and what came with the cases that joined it; afterwards also
/// what was decided, and why. The view is logged with how much there was to read (C-ACCESS): only who has read all of it can decide.
/// </summary>
internal sealed class ShowStatement(CaseStore cases, Statements statements, ViewLog views)
{
    [Function(nameof(ShowStatement))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/statement")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(id, out var parsed) || await FindAsync(parsed, cancellation) is not { } found) return NoComplaint(request);

        var said = await statements.OfAsync(found.Id, cancellation);
        var explanation = found.Explanation is { } name ? await statements.ExplanationAsync(found.Id, name, cancellation) : null;
        await views.AddAsync(found.Id, request.Caller().Id, ViewOf(found.Statements), cancellation);
        return Results.Json(
            new StatementView(
                found.Id, found.Status, found.Due.On,
                [.. said.Select(each => new Said(each.From, each.At, each.Said.Words, each.Said.About))], found.Finding, explanation),
            RecordJson.Options);
    }

    /// <summary>How the view of so many statements is logged.</summary>
    public static string ViewOf(int statements) => string.Create(CultureInfo.InvariantCulture, $"statements: {statements}");

    /// <summary>The answer where there is no complaint.</summary>
    public static IResult NoComplaint(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such complaint", "Nobody complained to us under this reference."));

    // What came with a case that joined another lies with that one.
    private async Task<ComplaintRequest?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is not { Case: ComplaintRequest found }) return null;
        if (found.Outcome != CaseOutcome.AnsweredByAnotherCase) return found;
        var audit = await cases.AuditAsync(id, cancellation);
        var link = audit.Select(row => row.Shown).OfType<AuditEntry>().Select(entry => entry.Fact).OfType<CaseFact.LinkedToOpenCase>().Single();
        return await cases.GetAsync<ComplaintRequest>(link.Other, cancellation);
    }

    private sealed record StatementView(
        CaseId Reference, CaseStatus Status, DateOnly DecideBy, IReadOnlyList<Said> Statements, ComplaintFinding? Outcome, string? Explanation);

    private sealed record Said(CaseId Reference, DateTimeOffset At, string Words, CaseId? About);
}
