using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

[Clause("M-UNSUB")]
public class UnsubscribeLinksTests
{
    private static readonly EphemeralDataProtectionProvider Protection = new();
    private static readonly LinkTokens CaseTokens = new(Protection);
    private static readonly UnsubscribeLinks Links = new(
        Protection, new(Options.Create(new SiteOptions { BaseUrl = new("https://privacy.example.com") }), CaseTokens));

    private static readonly Subscription Subscription = new(
        PersonKey.FromBytes(SHA256.HashData("a person"u8)), NewsletterName.Parse("product-news"));

    [Fact]
    public void Link_OfASubscription_LeadsBackToIt()
    {
        var link = Links.Of(Subscription);
        Assert.StartsWith("https://privacy.example.com/u/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Subscription, Links.Read(TokenOf(link)));
    }

    [Fact]
    public void Token_Opened_HoldsTheKeyAndTheNewsletterOnly()
    {
        var payload = Protection.CreateProtector("PrivacyFunctions.Links", "v1", "unsubscribe")
            .Unprotect(WebEncoders.Base64UrlDecode(TokenOf(Links.Of(Subscription))));
        Assert.Equal([.. Subscription.Person.ToBytes(), .. Encoding.ASCII.GetBytes("product-news")], payload);
    }

    [Fact]
    public void Token_CutOrChangedAnywhere_IsNone()
    {
        var bytes = WebEncoders.Base64UrlDecode(TokenOf(Links.Of(Subscription)));
        for (var at = 0; at < bytes.Length; at++)
        {
            Assert.Null(Links.Read(WebEncoders.Base64UrlEncode(bytes[..at])));
            Assert.Null(Links.Read(WebEncoders.Base64UrlEncode([.. bytes[..at], (byte)~bytes[at], .. bytes[(at + 1)..]])));
        }
    }

    [Fact]
    public void Token_OfAnotherPurpose_IsNone() => Assert.Null(
        Links.Read(CaseTokens.Create(LinkPurpose.Confirm, CaseId.FromBytes(new byte[16]), DateTimeOffset.MaxValue)));

    [Fact]
    public void PersonKey_Printed_IsWithheld() =>
        Assert.DoesNotContain(Subscription.Person.Value, Subscription.ToString());

    private static string TokenOf(Uri link) => link.Segments[^1];
}
