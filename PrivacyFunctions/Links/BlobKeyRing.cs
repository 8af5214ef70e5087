using System.Xml.Linq;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Links;

/// <summary>
/// The Data Protection key ring, one blob for each key, so that every instance, on whatever host, reads the same tokens.
/// Keys are only added; the framework rotates them.
/// </summary>
internal sealed class BlobKeyRing(RecordStorage storage) : IXmlRepository
{
    private const string Container = "privacy-keys";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var container = OpenContainer();
        return [.. container.GetBlobs().Select(blob =>
        {
            using var content = container.GetBlobClient(blob.Name).OpenRead();
            return XElement.Load(content);
        })];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var content = new MemoryStream();
        element.Save(content);
        content.Position = 0;
        OpenContainer().GetBlobClient($"{friendlyName}.xml").Upload(content, overwrite: true);
    }

    // IXmlRepository is synchronous; the ring is read once a day and there is no context that could be blocked.
    private BlobContainerClient OpenContainer() => storage.ContainerAsync(Container).GetAwaiter().GetResult();
}
