using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Moq;
using PrivacyFunctions.Links;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Tests.Web;

[Clause("C-SECURE")]
public class SecurityHeadersTests
{
    [Theory]
    [InlineData("https://privacy.example.com", "max-age=31536000")]
    [InlineData("https://127.0.0.1:7071", "")]
    [InlineData("http://localhost:7071", "")]
    public async Task Answer_OfASiteThatIsNoLoopbackAddress_IsForHttpsOnly(string site, string header)
    {
        var http = new DefaultHttpContext();
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.Items).Returns(new Dictionary<object, object> { ["HttpRequestContext"] = http });

        await new SecurityHeaders(Options.Create(new SiteOptions { BaseUrl = new(site) }))
            .Invoke(context.Object, _ => Task.CompletedTask);

        Assert.Equal(header, http.Response.Headers.StrictTransportSecurity.ToString());
        Assert.Equal("nosniff", http.Response.Headers.XContentTypeOptions.ToString());
    }
}
