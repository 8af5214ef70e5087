using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>Every relative link in a page of this repository leads to a file, and to a heading where it names one.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. RepositoryFiles.Ending(".md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string page) =>
        Assert.All(MarkdownPage.Read(page).Links, link =>
        {
            var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, null);
            var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(path));
            var found = Path.Combine(RepositoryFiles.Root, target);

            Assert.True(File.Exists(found) || Directory.Exists(found), $"{page}: {link} leads nowhere.");
            if (anchor is not null)
                Assert.True(MarkdownPage.Read(target).HasAnchor(anchor), $"{page}: there is no heading for {link}.");
        });

    [Fact]
    public void Pages_ThatANewcomerLooksFor_AreThere() =>
        Assert.Superset(
            new HashSet<string> { "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md" },
            RepositoryFiles.Ending(".md").ToHashSet());
}
