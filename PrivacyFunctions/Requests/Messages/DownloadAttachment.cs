using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// Hands a file that a person sent to an operator, as a download that no browser opens by itself. Nobody has looked for malware in it. The view is
/// logged (C-ACCESS).
/// </summary>
internal sealed class DownloadAttachment(CaseStore cases, CaseMessages messages, MessageFiles files, ViewLog views)
{
    private const string Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    [Function(nameof(DownloadAttachment))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [AnswersFile(AttachmentKinds.Pdf, AttachmentKinds.Png, AttachmentKinds.Jpeg, AttachmentKinds.Text)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = $"{ShowMessages.Route}/{{name}}/attachments/{{number}}")] HttpRequest request,
        string id, string name, string number, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        if (await FindAsync(found.Id, name, number, cancellation) is not var (place, file)) return NoFile(request);
        await views.AddAsync(found.Id, request.Caller().Id, MessageWords.ViewOf(name, place), cancellation);
        if (await files.FindAsync(found.Id, name, place, cancellation) is not { } content) return NoFile(request);
        request.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Bytes(content, file.MediaType, file.Name);
    }

    private async Task<(int Number, MessageFile File)?> FindAsync(CaseId id, string name, string number, CancellationToken cancellation)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place is < 1 or > Attachments.Most) return null;
        var message = (await messages.OfAsync(id, cancellation)).FirstOrDefault(each => each.Name == name);
        return message?.Files.ElementAtOrDefault(place - 1) is { } file ? (place, file) : null;
    }

    private static IResult NoFile(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such file", "The list of messages shows which there are, each with its number."));
}
