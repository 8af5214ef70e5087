using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>What an unsubscribe link is about: one person, one newsletter.</summary>
internal sealed record Subscription(PersonKey Person, NewsletterName Newsletter);

/// <summary>
/// The links that end a newsletter. Their token holds the person's key and the newsletter, encrypted and authenticated, and no
/// address. It has no end and works as often as it is used: a mail may be read years later, and opting out must still work.
/// </summary>
internal sealed class UnsubscribeLinks(IDataProtectionProvider protection, SiteLinks site)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PrivacyFunctions.Links", "v1", "unsubscribe");

    /// <summary>The link of a subscription.</summary>
    public Uri Of(Subscription subscription) => site.Unsubscribe(
        _protector.Seal([.. subscription.Person.ToBytes(), .. Encoding.ASCII.GetBytes(subscription.Newsletter.Value)]));

    /// <summary>What a token is about; null if it is forged, damaged, or made for something else.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public Subscription? Read(string token) => _protector.Open(token) is { } payload
        ? new(
            PersonKey.FromBytes(payload.AsSpan(0, PersonKey.Bytes)),
            NewsletterName.Parse(Encoding.ASCII.GetString(payload.AsSpan(PersonKey.Bytes))))
        : null;
}
