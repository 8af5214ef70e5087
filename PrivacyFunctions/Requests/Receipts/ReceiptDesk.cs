using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>
/// Signs receipts and reads them again: a JSON Web Signature (RFC 7515, ES256), which is the end of a link to a page as well. Anybody can
/// check it by our public keys. Nothing is kept for it: the same request gets a receipt that says the same, as long as the name of the company, its
/// address and its holidays stay as they are.
/// </summary>
internal sealed class ReceiptDesk(ReceiptKeys keys, DataMapRegister map, IOptions<SiteOptions> site, SiteLinks links, LegalTime time)
{
    /// <summary>Longer ones were never made here: a receipt has some 500 characters.</summary>
    public const int Longest = 2000;

    // Told apart from whatever else might be signed one day.
    private const string Type = "receipt+jwt";

    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Has the key at hand, so that signing needs no storage.</summary>
    public Task MakeReadyAsync(CancellationToken cancellation) => keys.CurrentAsync(cancellation);

    /// <summary>The link to the receipt of a request.</summary>
    public async Task<Uri> LinkAsync(SubjectRequest request, CancellationToken cancellation) =>
        links.Receipt(await keys.SignAsync(Type, RecordJson.Write(Of(request)), cancellation));

    /// <summary>What a receipt says; null if we did not sign it, or not so. Never throws for what a stranger sends.</summary>
    public async Task<Receipt?> ReadAsync(string signed, CancellationToken cancellation)
    {
        if (signed.Length > Longest || !Handler.CanReadToken(signed)) return null;
        try
        {
            var token = Handler.ReadJsonWebToken(signed);
            if (await keys.FindAsync(token.Kid ?? "", cancellation) is not { } key || !IsAsWritten(signed)) return null;
            var checkedToken = await Handler.ValidateTokenAsync(signed, new TokenValidationParameters
            {
                IssuerSigningKey = key, ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256], ValidTypes = [Type],
                ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, // of ours by the key, for everybody, for ever
            });
            return checkedToken.IsValid ? RecordJson.Read<Receipt>(Base64UrlEncoder.Decode(token.EncodedPayload)) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    // Base64 has letters that say the same: only one text is the receipt.
    private static bool IsAsWritten(string signed) =>
        signed.Split('.').All(part => Base64UrlEncoder.Encode(Base64UrlEncoder.DecodeBytes(part)) == part);

    private Receipt Of(SubjectRequest request)
    {
        var receivedOn = time.ReceivedOn(request);
        return new()
        {
            Issuer = site.Value.BaseUrl.AbsoluteUri.TrimEnd('/'), Controller = map.Company.Name, Reference = request.Id, Kind = request.AskedFor,
            Channel = request.Channel, ReceivedOn = receivedOn, TakenInSeconds = request.ReceivedAt.ToUnixTimeSeconds(),
            AnswerBy = StatutoryClock.Answer(receivedOn, request.Residence, time.Calendars).On,
        };
    }
}
