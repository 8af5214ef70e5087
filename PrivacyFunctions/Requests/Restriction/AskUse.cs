using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Tells the company's systems what they must not do with somebody's data at this moment: which data sets they only keep, because the person restricted their
/// use or objected to it (GDPR art. 18 and 21; R-RESTRICT, R-OBJECT), and whether they may advertise. A system asks immediately before
/// each use and stores nothing of the answer, which does not tell whether the company knows the person.
/// </summary>
internal sealed class AskUse(StoppedUse stopped, Suppressions suppressions, People people, SubjectLocator locator, DataMapRegister map)
{
    [Function(nameof(AskUse))]
    [ForRoles(CallerRole.Messages)]
    [Takes("email", "The address of the person whose data is to be used.")]
    [Answers<Stopped>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/use")] HttpRequest request, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The question is not complete", cancellation);
        if (!EmailAddress.TryParse(form["email"], out var address)) form.Refuse("email", "Give an e-mail address like name@example.com.");
        if (form.Refusal is { } refusal) return refusal;

        var holds = await stopped.OfAsync(address, cancellation);
        var hasObjected = await HasObjectedAsync(address, cancellation);
        return Results.Json(
            new Stopped(
                [.. map.OfCompany.Where(set => set.Role is Role.Controller && holds.Any(hold => hold.Covers(set.Id.Value))).Select(set => set.Id.Value)],
                hasObjected || holds.Any(hold => hold.DataSet is null)),
            RecordJson.Options);
    }

    // Under whichever address that is proven to be theirs, unless the directory would have to be read whole for it.
    private async Task<bool> HasObjectedAsync(EmailAddress address, CancellationToken cancellation)
    {
        foreach (var each in map.Directory.Find is Find.Scan ? [address] : await locator.AddressesOfOwnerAsync(address, cancellation))
            if (await suppressions.HasObjectedAsync(people.KeyOf(each), cancellation))
                return true;
        return false;
    }

    /// <summary>What must not be done.</summary>
    /// <param name="NotUsed">The ids of the data sets that are kept and not used, as the data map names them.</param>
    /// <param name="NoAdvertising">
    /// Whether nothing may be advertised to the person, by whichever way; newsletters that they agreed to since go through the gate for messages, which knows.
    /// Where this is false, a newsletter that they left still does not go to them.
    /// </param>
    private sealed record Stopped(IReadOnlyList<string> NotUsed, bool NoAdvertising);
}
