metadata description = 'The Flex Consumption plan. It holds one app, and costs nothing by itself.'

@description('The name of the plan.')
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource.')
param tags object

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

output id string = plan.id
