using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers;

/// <summary>A key in an address is seen wherever it stands.</summary>
[Clause("C-ACCESS")]
public class CallerCheckTests
{
    [Theory]
    [InlineData("/api/operator/cases/x", "", false)]
    [InlineData("/api/operator/cases/x", "?state=open%", false)]
    [InlineData("/api/operator/cases/x", "?state=pfk_secret", true)]
    [InlineData("/api/operator/cases/pfk_secret", "", true)]
    [InlineData("/api/operator/cases/x", "?pfk_secret", true)]
    [InlineData("/api/operator/cases/x", "?pfk_secret=1", true)]
    [InlineData("/api/operator/cases/x", "?authorization=Bearer%20pfk_secret", true)]
    [InlineData("/api/operator/cases/x", "?state=%70fk%5Fsecret", true)]
    [InlineData("/api/operator/cases/x", "?Code=anything", true)]
    public void Address_HasAKey_IsSeenWhereverItStands(string path, string query, bool isSeen)
    {
        var request = new DefaultHttpContext().Request;
        (request.Path, request.QueryString) = (path, new(query));

        Assert.Equal(isSeen, CallerCheck.HasKeyInAddress(request));
    }
}
