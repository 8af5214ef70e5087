using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>
/// Checks a receipt, and shows what it says, for whoever has it: the page is the same for everybody, can be printed, and looks no case up.
/// </summary>
internal sealed class ShowReceipt(ReceiptDesk receipts, ReceiptKeys keys, RequestKinds kinds)
{
    private const string KeysRoute = ".well-known/jwks.json";

    [Function(nameof(ShowReceipt))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "receipts/{signed}")] HttpRequest request,
        string signed, CancellationToken cancellation)
    {
        if (await receipts.ReadAsync(signed, cancellation) is not { } receipt)
            return Replies.Refused(request, StatusCodes.Status404NotFound, PageText.Of<ReceiptText>().NotOurs.Write());
        if (request.WantsJson())
            return Results.Json(new
            {
                isGenuine = true, reference = receipt.Reference.Value, kind = receipt.Kind.Name, receipt.Channel, receipt.ReceivedOn, receipt.TakenInAt,
                receipt.AnswerBy, receipt.Controller, receipt.Issuer,
            });
        return new RazorComponentResult<ReceiptPage>(new Dictionary<string, object?>
        {
            [nameof(ReceiptPage.Content)] = receipt,
            [nameof(ReceiptPage.Title)] = kinds.TryFind(receipt.Kind.Name, out var kind) ? kind.Words.FormTitle : receipt.Kind.Name,
            [nameof(ReceiptPage.KeysPath)] = $"/{KeysRoute}",
        });
    }

    /// <summary>Our public keys, old ones too, as a JSON Web Key Set (RFC 7517): with them anybody can check a receipt without us.</summary>
    [Function(nameof(ShowReceiptKeys))]
    [ForEverybody]
    public async Task<IResult> ShowReceiptKeys(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = KeysRoute)] HttpRequest request, CancellationToken cancellation) =>
        Results.Json(new { keys = (await keys.AllAsync(cancellation)).Select(Public) });

    private static object Public(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(point.X!), y = Base64UrlEncoder.Encode(point.Y!), kid = key.KeyId,
            use = "sig", alg = SecurityAlgorithms.EcdsaSha256,
        };
    }
}
