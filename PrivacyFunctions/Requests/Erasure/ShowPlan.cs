using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Shows an operator the newest plan of an erasure request, with the hash by which it is approved. It holds no personal
/// data beyond counts; looking is noted all the same (C-ACCESS).
/// </summary>
internal sealed class ShowPlan(DataMapRegister map, CaseStore cases, ErasurePlans plans, ViewLog views)
{
    [Function(nameof(ShowPlan))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<PlanView>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/plan")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<ErasureRequest>(id, cancellation) is not { PlanHash: { } hash } erasure) return NoPlan(request);

        await views.AddAsync(erasure.Id, request.Caller().Id, "erasure-plan", cancellation);
        var plan = await plans.GetAsync(erasure.Id, hash, cancellation);
        return Results.Json(
            new PlanView(
                erasure.Id, erasure.Ground, hash, plan.At, erasure.Status, erasure.Due.On, erasure.ApprovedHash == hash,
                erasure.First is { } first
                    ? $"{first.Operator} has approved it. Somebody else with the approver's role has to as well, by POST of its hash to plan/approval; to disagree, POST it to plan/refusal."
                    : "Whoever has the approver's role may approve it, by POST of its hash to plan/approval.",
                [.. plan.Lines.Select(View)]),
            RecordJson.Options);
    }

    /// <summary>The answer where there is no plan.</summary>
    public static IResult NoPlan(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound,
        new("There is no such plan", "Only an erasure request has a plan, from its confirmation on."));

    private LineView View(ErasureLine line)
    {
        map.TryGet(line.DataSet, out var set);
        var why = set?.Erasure.Words ?? "the data set is no longer in the data map.";
        var words = line switch
        {
            { Protection: { } protection } => $"{line.Items} kept: {Words(protection.Kind)}",
            { Fate: ErasureFate.Retain } => $"{line.Items} kept: {why}",
            { Fate: ErasureFate.Anonymise } => $"{line.Items} anonymised: {why}",
            _ when set?.Erasure.Action is ErasureAction.Retain =>
                $"{line.Items} erased: the time for which they were kept is over.",
            _ => $"{line.Items} erased.",
        };
        return new(
            line.DataSet, set?.Title ?? line.DataSet, line.Fate, line.Items, words, line.Ground,
            line.Protection?.Owner, line.Protection?.ReviewOn);
    }

    private static string Words(HoldKind kind) =>
        kind == HoldKind.Legal ? "a legal hold covers them." : "their use is restricted.";

    private sealed record PlanView(
        CaseId Reference, string? Ground, string Hash, DateTimeOffset MadeAt, CaseStatus Status, DateOnly ApproveBy, bool Approved,
        string Approval, IReadOnlyList<LineView> Lines);

    private sealed record LineView(
        string DataSet, string Title, ErasureFate Action, long Items, string Words, string? Ground,
        string? Owner, DateOnly? ReviewOn);
}
